import { z } from 'zod';
import type { Crop } from './compare/view.ts';

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
});

export type StepLine = { name: string; text: string };
export type ReportSummary = {
  done: StepLine[];
  left: StepLine[];
  warnings: { code: string; message: string }[];
  /** Size of the finished file. */
  bytes: number | undefined;
};

type Facts = Record<string, unknown>;

function number(facts: Facts, key: string): number | undefined {
  const value = facts[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function mergeText(facts: Facts): string {
  const exposures = number(facts, 'exposures');
  if (exposures === 1) return 'Shadows and highlights balanced from one exposure';
  return exposures ? `${exposures} exposures merged` : 'Exposures merged';
}

function balanceText(facts: Facts): string {
  const red = number(facts, 'gainRed');
  const blue = number(facts, 'gainBlue');
  if (red === undefined || blue === undefined) return 'Colour of the light corrected';
  const warmer = Math.log2(red / blue);
  if (Math.abs(warmer) < 0.02) return 'Colour of the light corrected';
  return warmer > 0 ? 'Cool light corrected' : 'Warm light corrected';
}

const doneTexts: Record<string, (facts: Facts) => string> = {
  decode: (facts) => {
    const bits = number(facts, 'bits');
    return bits && bits > 8 ? `Read in ${bits} bit` : 'Read';
  },
  align: () => 'Exposures aligned',
  merge: mergeText,
  windowPull: () => 'Windows made readable',
  lens: () => 'Lens distortion removed',
  verticals: () => 'Verticals straightened',
  whiteBalance: balanceText,
  tone: () => 'Brightness and contrast set',
  denoise: () => 'Grain reduced',
  sky: () => 'Sky replaced',
  privacy: () => 'Private things hidden',
  sharpen: () => 'Sharpened for delivery',
};

/** What steps are called while they are still to come or were left out. */
const names: Record<string, string> = {
  decode: 'Reading the photos',
  align: 'Aligning the exposures',
  merge: 'Merging the exposures',
  windowPull: 'Making windows readable',
  lens: 'Removing lens distortion',
  verticals: 'Straightening verticals',
  whiteBalance: 'Correcting the colour of the light',
  tone: 'Setting brightness and contrast',
  denoise: 'Reducing grain',
  sky: 'Replacing the sky',
  privacy: 'Hiding private things',
  sharpen: 'Sharpening',
  encode: 'Writing the file',
  inspect: 'Checking the result',
};

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

/** What aligning left of an exposure. Older versions do not say: then nothing is known to be cut off. */
export function cropOf(report: Record<string, unknown> | null): Crop | undefined {
  const { data } = Report.safeParse(report ?? {});
  const facts = data?.steps.find(({ name, ran }) => name === 'align' && ran)?.facts;
  return CropFacts.safeParse(facts).data;
}

export function summarizeReport(report: Record<string, unknown> | null): ReportSummary {
  const parsed = Report.safeParse(report ?? {});
  if (!parsed.success) return { done: [], left: [], warnings: [], bytes: undefined };
  const { steps, warnings } = parsed.data;
  const told = steps.filter(({ name }) => !silent.has(name));
  return {
    done: told
      .filter(({ ran }) => ran)
      .map(({ name, facts }) => ({ name, text: doneTexts[name]?.(facts ?? {}) ?? stepText(name) })),
    left: told
      .filter(({ ran, reason }) => !ran && reason && !/^(switched off|not available)/i.test(reason))
      .map(({ name, reason }) => ({ name, text: reason ?? '' })),
    warnings,
    bytes: number(steps.find(({ name }) => name === 'encode')?.facts ?? {}, 'bytes'),
  };
}
