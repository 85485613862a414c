import { z } from 'zod';
import { type Box, wholeFrame } from './compare/view.ts';
import type { Enhancement } from './trpc.ts';

/** The engine's report, as far as these pages show it. Unknown parts are left out, not an error. */
const Report = z.object({
  steps: z
    .array(
      z.object({
        name: z.string(),
        ran: z.boolean(),
        reason: z.string().optional(),
        facts: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .catch([]),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).catch([]),
  fallbacks: z
    .array(
      z.object({
        code: z.string(),
        message: z.string(),
        changed: z.array(z.string()).catch([]),
      }),
    )
    .catch([]),
});

export type StepLine = { name: string; text: string };
export type ReportSummary = {
  done: StepLine[];
  left: StepLine[];
  /** Faults that were seen before the photo was finished, and what was done about them. */
  avoided: { code: string; message: string; instead: string }[];
  warnings: { code: string; message: string }[];
  /** Size of the finished file. */
  bytes: number | undefined;
};

type Facts = Record<string, unknown>;

function number(facts: Facts, key: string): number | undefined {
  const value = facts[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** "1 face", "3 faces". */
function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function alignText(facts: Facts): string {
  const dropped = number(facts, 'dropped') ?? 0;
  const words =
    number(facts, 'aligned') === 0 ? 'Exposures lie on each other' : 'Exposures aligned';
  return dropped > 0 ? `${words}, ${dropped} left out` : words;
}

function mergeText(facts: Facts): string {
  const exposures = number(facts, 'exposures');
  if (exposures === 1) return 'Shadows and highlights balanced from one exposure';
  const words = exposures ? `${exposures} exposures merged` : 'Exposures merged';
  const ghosts = number(facts, 'ghosts') ?? 0;
  return ghosts > 0 ? `${words}, movement removed in ${counted(ghosts, 'place')}` : words;
}

function privacyText(facts: Facts): string {
  const parts = [
    [number(facts, 'faces') ?? 0, 'face'] as const,
    [number(facts, 'byHand') ?? 0, 'marked area'] as const,
  ].filter(([count]) => count > 0);
  if (parts.length === 0) return 'Private things hidden';
  return `${parts.map(([count, thing]) => counted(count, thing)).join(' and ')} blurred`;
}

function balanceText(facts: Facts): string {
  const red = number(facts, 'gainRed');
  const blue = number(facts, 'gainBlue');
  if ((number(facts, 'lights') ?? 1) > 1) return 'Mixed light balanced';
  if (red === undefined || blue === undefined) return 'Colour of the light corrected';
  const warmer = Math.log2(red / blue);
  if (Math.abs(warmer) < 0.02) return 'Colour of the light corrected';
  return warmer > 0 ? 'Cool light corrected' : 'Warm light corrected';
}

function windowText(facts: Facts): string {
  const windows = number(facts, 'windows') ?? number(facts, 'panes');
  if (windows === undefined || windows < 1) return 'The view through the windows brought back';
  return `The view brought back in ${counted(windows, 'window')}`;
}

/** Why it was left as it is, where the step ran for other reasons. */
const leftTilted: Record<string, string> = {
  upright: 'Verticals were upright already',
  unsure: 'Verticals left as they are: too few upright edges',
  reshoot: 'Tilted too far to be straightened',
};

function verticalsText(facts: Facts): string {
  const { done } = facts;
  if (typeof done === 'string' && leftTilted[done] !== undefined) return leftTilted[done];
  const turned = [number(facts, 'pitch'), number(facts, 'roll')].map((by) => Math.abs(by ?? 0));
  const degrees = Math.max(...turned);
  if (degrees < 0.05) return 'Verticals straightened';
  return `Verticals straightened by ${degrees.toFixed(1)}°`;
}

function lensText(facts: Facts): string {
  const has = (key: string) => (number(facts, key) ?? 0) !== 0;
  const parts = [
    has('distortion') ? 'curved lines' : '',
    has('redFringe') || has('blueFringe') ? 'colour fringes' : '',
    has('darkening') ? 'dark corners' : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Lens errors corrected' : `Lens corrected: ${parts.join(', ')}`;
}

const doneTexts: Record<string, (facts: Facts) => string> = {
  decode: (facts) => {
    const bits = number(facts, 'bits');
    return bits && bits > 8 ? `Read in ${bits} bit` : 'Read';
  },
  align: alignText,
  merge: mergeText,
  windowPull: windowText,
  lens: lensText,
  verticals: verticalsText,
  whiteBalance: balanceText,
  tone: () => 'Brightness and contrast set',
  denoise: ({ measured }) =>
    measured === 'at full size' ? 'Grain reduced where there was any' : 'Grain reduced',
  sky: () => 'Sky replaced',
  privacy: privacyText,
  sharpen: () => 'Sharpened for delivery',
};

/** What steps are called while they are still to come or were left out. */
const names: Record<string, string> = {
  decode: 'Reading the photos',
  align: 'Aligning the exposures',
  merge: 'Merging the exposures',
  windowPull: 'Making windows readable',
  lens: 'Correcting the lens',
  verticals: 'Straightening verticals',
  whiteBalance: 'Correcting the colour of the light',
  tone: 'Setting brightness and contrast',
  denoise: 'Reducing grain',
  sky: 'Replacing the sky',
  privacy: 'Hiding private things',
  sharpen: 'Sharpening',
  encode: 'Finishing in full size',
  inspect: 'Checking the result',
};

/** What a safer recipe eases, in the middle of a sentence. */
const nouns: Record<string, string> = {
  align: 'aligning',
  merge: 'merging the exposures',
  windowPull: 'the view through windows',
  lens: 'lens correction',
  verticals: 'straightening',
  whiteBalance: 'white balance',
  tone: 'brightness and contrast',
  denoise: 'denoising',
  sharpen: 'sharpening',
};

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** Bookkeeping that a photographer has no use for. */
const silent = new Set(['decode', 'encode', 'inspect']);

/** A running step in words. The server mostly says words already; engine names are translated. */
export function stepText(step: string | null): string {
  if (step === null || step === '') return 'Starting';
  return names[step] ?? step;
}

const CropFacts = z.object({
  left: z.number().nonnegative(),
  top: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
  sourceWidth: z.number().positive(),
  sourceHeight: z.number().positive(),
});

/** What of the middle exposure a result shows, in that exposure's pixels. */
type Crop = z.infer<typeof CropFacts>;
type Version = Pick<Enhancement, 'report' | 'crop'>;

/**
 * What of the original the result shows. Older versions say it in the report, the oldest not at all:
 * then nothing is known to be cut off.
 */
export function cropOf(version: Version | undefined): Crop | undefined {
  const known = CropFacts.safeParse(version?.crop).data;
  if (known !== undefined) return known;
  const { data } = Report.safeParse(version?.report ?? {});
  const facts = data?.steps.find(({ name, ran }) => name === 'align' && ran)?.facts;
  return CropFacts.safeParse(facts).data;
}

/** The same as shares of the frame; all of it where nothing is known. */
export function shownPart(version: Version | undefined): Box {
  const crop = cropOf(version);
  if (crop === undefined) return wholeFrame;
  const { left, top, width, height, sourceWidth, sourceHeight } = crop;
  return {
    x: left / sourceWidth,
    y: top / sourceHeight,
    width: width / sourceWidth,
    height: height / sourceHeight,
  };
}

/** Said when it can be seen: less than that is lost at every edge. */
const visibleCrop = 0.01;

export function cropText(crop: Crop | undefined): string | undefined {
  if (crop === undefined) return undefined;
  const lost = 1 - (crop.width * crop.height) / (crop.sourceWidth * crop.sourceHeight);
  return lost < visibleCrop ? undefined : `Edges cropped, ${Math.round(lost * 100)} % of the frame`;
}

/** What an enhancement under way is doing. */
export function workText({ status, step }: Pick<Enhancement, 'status' | 'step'>): string {
  return status === 'queued' ? 'Waiting for its turn' : stepText(step);
}

/** "Done without, or more gently: merging, the windows." */
function insteadText(changed: readonly string[]): string {
  const parts = changed.flatMap((name) => nouns[name] ?? []);
  if (parts.length === 0) return 'The photo was finished more gently because of that.';
  return `So this was done more gently or not at all: ${parts.join(', ')}.`;
}

export function summarizeReport(report: Record<string, unknown> | null): ReportSummary {
  const parsed = Report.safeParse(report ?? {});
  if (!parsed.success) return { done: [], left: [], avoided: [], warnings: [], bytes: undefined };
  const { steps, warnings, fallbacks } = parsed.data;
  // What is still there after all is said once, where it asks for a look.
  const solved = fallbacks.filter(({ code }) => !warnings.some((left) => left.code === code));
  const told = steps.filter(({ name }) => !silent.has(name));
  return {
    done: told
      .filter(({ ran }) => ran)
      .map(({ name, facts }) => ({ name, text: doneTexts[name]?.(facts ?? {}) ?? stepText(name) })),
    left: told
      .filter(({ ran, reason }) => !ran && reason && !/^(switched off|not available)/i.test(reason))
      .map(({ name, reason }) => ({ name, text: reason ?? '' })),
    avoided: uniqueBy(solved, ({ code }) => code).map(({ code, message, changed }) => ({
      code,
      message,
      instead: insteadText(changed),
    })),
    warnings: uniqueBy(warnings, ({ message }) => message),
    bytes: number(steps.find(({ name }) => name === 'encode')?.facts ?? {}, 'bytes'),
  };
}
