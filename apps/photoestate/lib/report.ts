import { z } from 'zod';
import { isConvex, type Quad, quadOf, wholeFrame } from './compare/projection.ts';
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

export type ReportSummary = {
  /** What was not done, and why. */
  left: { name: string; text: string }[];
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
  dusk: 'Turning day into dusk',
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
  dusk: 'the light of dusk',
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

const Corner = z.tuple([z.number(), z.number()]);

const CropFacts = z.object({
  left: z.number().nonnegative(),
  top: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
  sourceWidth: z.number().positive(),
  sourceHeight: z.number().positive(),
  /** Clockwise from the top left. */
  corners: z.tuple([Corner, Corner, Corner, Corner]).optional().catch(undefined),
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

/**
 * Where the corners of a result lie in the frame, as shares of it; all of it where nothing is known. Older versions
 * know an upright box alone.
 */
export function shownPart(version: Version | undefined): Quad {
  const crop = cropOf(version);
  if (crop === undefined) return wholeFrame;
  const { left, top, width, height, sourceWidth, sourceHeight, corners } = crop;
  if (corners !== undefined) {
    const at = ([x, y]: [number, number]) => ({ x: x / sourceWidth, y: y / sourceHeight });
    const [a, b, c, d] = corners;
    const quad: Quad = [at(a), at(b), at(c), at(d)];
    if (isConvex(quad)) return quad;
  }
  return quadOf({
    x: left / sourceWidth,
    y: top / sourceHeight,
    width: width / sourceWidth,
    height: height / sourceHeight,
  });
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
  if (!parsed.success) return { left: [], avoided: [], warnings: [], bytes: undefined };
  const { steps, warnings, fallbacks } = parsed.data;
  // What is still there after all is said once, where it asks for a look.
  const solved = fallbacks.filter(({ code }) => !warnings.some((left) => left.code === code));
  const told = steps.filter(({ name }) => !silent.has(name));
  return {
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
