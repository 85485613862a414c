import { z } from 'zod';
import { OUTPUT_FORMATS } from './formats.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';

/** The most pixels that a derivative has along one side. */
export const MAX_SIDE = 4096;

const FITS = ['inside', 'cover', 'contain'] as const;
export type Fit = (typeof FITS)[number];

const FORMATS = ['auto', ...OUTPUT_FORMATS] as const;

/** A wish that was checked, in pixels of the result. */
export interface Transform {
  /** At least one of both is set. */
  readonly width: number | null;
  readonly height: number | null;
  readonly fit: Fit;
  readonly format: (typeof FORMATS)[number];
  /** Null for what is good for the format. */
  readonly quality: number | null;
}

function wholeNumber(max: number) {
  const error = `expected a whole number from 1 to ${max}`;
  return z
    .string()
    .regex(/^\d{1,5}$/, error)
    .transform(Number)
    .pipe(z.number().min(1, error).max(max, error))
    .optional();
}

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `expected one of ${values.join(', ')}` }).optional();

const Params = z.object({
  preset: oneOf(PRESET_NAMES),
  w: wholeNumber(MAX_SIDE),
  h: wholeNumber(MAX_SIDE),
  fit: oneOf(FITS),
  format: oneOf(FORMATS),
  q: wholeNumber(100),
  dpr: z
    .string()
    .regex(/^[1-4](\.\d{1,3})?$/, 'expected a number from 1 to 4')
    .transform((text) => Math.min(4, Number(text)))
    .optional(),
});

const NAMES: readonly string[] = Object.keys(Params.shape);

/**
 * Reads `w`, `h`, `fit`, `format`, `q`, `dpr` and `preset` from a query; null when none of them is
 * there. What is given beside a preset wins over it.
 * @throws ZodError that names the parameter and what was expected.
 */
export function readTransform(query: Readonly<Record<string, string>>): Transform | null {
  const own = Object.entries(query).filter(([name]) => NAMES.includes(name));
  return own.length === 0 ? null : toTransform(Params.parse(Object.fromEntries(own)));
}

const isPreset = (text: string): text is (typeof PRESET_NAMES)[number] =>
  PRESET_NAMES.some((name) => name === text);

/**
 * Reads a transformation in one word: the name of a preset, or the parameters with commas between
 * them, `w=320,h=200,fit=cover`.
 * @throws ZodError that says what was expected.
 */
export function readTransformText(text: string): Transform {
  return toTransform(parseText.parse(text));
}

const parseText = z.string().transform((text, ctx) => {
  if (isPreset(text)) return { preset: text };
  const pairs = text.split(',').map((pair) => pair.split('='));
  const names = pairs.map(([name]) => name ?? '');
  if (
    pairs.some((pair) => pair.length !== 2) ||
    names.some((name) => !NAMES.includes(name)) ||
    new Set(names).size !== names.length
  ) {
    const message = `expected ${PRESET_NAMES.join(', ')}, or parameters such as w=320,h=200,fit=cover (of ${NAMES.join(', ')}, each once)`;
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  const parsed = Params.safeParse(Object.fromEntries(pairs));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    ctx.addIssue({ code: 'custom', message: `${path.join('.')}: ${message}` });
  return z.NEVER;
});

/** The same text, once it is known to be readable. */
export const TransformText = z.string().superRefine((text, ctx) => {
  for (const { message } of parseText.safeParse(text).error?.issues ?? [])
    ctx.addIssue({ code: 'custom', message });
});

function toTransform({ preset, ...wish }: z.output<typeof Params>): Transform {
  const named = preset === undefined ? {} : PRESETS[preset];
  const { w, h, fit, format, q, dpr = 1 } = { ...named, ...wish };
  // Without any side it is the whole picture, as far as that is allowed.
  const [width, height] = w === undefined && h === undefined ? [MAX_SIDE, MAX_SIDE] : [w, h];
  // A screen of more pixels gets no more than there may be, of the same shape.
  const scale = Math.min(dpr, MAX_SIDE / Math.max(width ?? 1, height ?? 1));
  const pixels = (side: number | undefined) =>
    side === undefined ? null : Math.max(1, Math.round(side * scale));
  return {
    width: pixels(width),
    height: pixels(height),
    // With one side there is nothing to cut or to fill.
    fit: width === undefined || height === undefined ? 'inside' : (fit ?? 'inside'),
    format: format ?? 'auto',
    quality: q ?? null,
  };
}

/** The parameters that read as this transformation, for a URL. */
export function writeTransform(transform: Transform): Record<string, string> {
  const { width, height, fit, format, quality } = transform;
  return {
    ...(width !== null && { w: String(width) }),
    ...(height !== null && { h: String(height) }),
    ...(fit !== 'inside' && { fit }),
    format,
    ...(quality !== null && { q: String(quality) }),
  };
}
