import { z } from '@hono/zod-openapi';
import { type Measurements, QUALITY_RULES } from '@repo/engine';
import { complaintsOf } from './complaints.ts';

const LEVELS = 'levels of an 8-bit file, 0 to 255';
const SHARE = 'share, 0 to 1';
const STOPS = 'stops, log2 of the ratio to green';

interface Figure {
  measure: keyof Measurements;
  is: string;
  unit: string;
}

/** What is told of the engine's measurements, by the names that callers know. */
const FIGURES = {
  sharpness: {
    measure: 'sharpness',
    is: 'How steep edges are: the 95th percentile of the gradient of brightness, per pixel of a copy of at most 768 pixels.',
    unit: LEVELS,
  },
  detailKept: {
    measure: 'detailKept',
    is: 'Finest detail beside that of the exposure it is compared with; below 1 something was blurred.',
    unit: 'ratio',
  },
  clippedHighlights: {
    measure: 'clippedBright',
    is: 'Pixels with any channel as bright as a file can hold.',
    unit: SHARE,
  },
  lostHighlights: {
    measure: 'blown',
    is: 'Pixels that are white although an exposure shows what is there.',
    unit: SHARE,
  },
  clippedShadows: { measure: 'clippedDark', is: 'Pixels that are pure black.', unit: SHARE },
  verticalTilt: {
    measure: 'tilt',
    is: 'How far verticals still lean; null where there are too few lines to tell.',
    unit: 'degrees',
  },
  noise: { measure: 'grain', is: 'Grain on flat surfaces, standard deviation.', unit: LEVELS },
  noiseAdded: {
    measure: 'grainAdded',
    is: 'What of it neither the exposures nor brightening them explain.',
    unit: LEVELS,
  },
  colorCast: {
    measure: 'colorCast',
    is: 'How far from grey surfaces are that the exposures show as grey.',
    unit: STOPS,
  },
  colorCastAdded: {
    measure: 'castAdded',
    is: 'By how much that is more than in the exposures; below 0 a cast was taken away.',
    unit: STOPS,
  },
  ghosts: {
    measure: 'structureAdded',
    is: 'Places that show something the middle exposure does not: what moved while frames were merged.',
    unit: SHARE,
  },
  structureKept: {
    measure: 'structureKept',
    is: 'What the exposures show and the photo still does.',
    unit: SHARE,
  },
  halo: {
    measure: 'halo',
    is: 'Brightness of rims along edges that the exposures do not have.',
    unit: LEVELS,
  },
  meanBrightness: { measure: 'meanLuma', is: 'Mean brightness of the photo.', unit: SHARE },
} as const satisfies Record<string, Figure>;

type FigureName = keyof typeof FIGURES;
type Of<Value> = Record<FigureName, Value>;
const figures = Object.entries(FIGURES) as [FigureName, Figure][];

function described({ measure, is, unit }: Figure) {
  const limits = QUALITY_RULES.filter((rule) => rule.measure === measure).map(
    ({ fault, limit, code }) => ` A fault (\`${code}\`) ${fault} ${limit}.`,
  );
  const description = `${is} Unit: ${unit}.${limits.join('')}`;
  return z.number().nullable().openapi({ description });
}

const Figures = z
  .object(
    Object.fromEntries(figures.map(([name, figure]) => [name, described(figure)])) as Of<
      z.ZodNullable<z.ZodNumber>
    >,
  )
  .openapi('QualityFigures', {
    description:
      'Measured on the finished photo beside its exposures; null for what could not be. Where faces or the like were hidden because that was asked for, differences from the exposures are no fault.',
  });

/** The engine's report on a finished photo, as the REST API tells of it. */
export const Quality = z
  .object({
    verdict: z.enum(['good', 'doubtful']).openapi({
      description: 'Doubtful when there are reasons: somebody should look before it is handed over',
    }),
    summary: z.string().openapi({
      description: 'The verdict in words',
      example: 'Good: the inspection of the finished photo has no complaint.',
    }),
    reasons: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .openapi({ description: 'What is wrong and what would help, in words; empty when good' }),
    figures: Figures,
  })
  .openapi('Quality');
export type Quality = z.infer<typeof Quality>;

const Report = z.object({ measurements: z.record(z.string(), z.unknown()) });

/** Null where nothing was measured. */
export function qualityOf(report: object | null): Quality | null {
  const { data } = Report.safeParse(report);
  if (data === undefined) return null;
  const reasons = complaintsOf(report);
  const figureOf = (measure: string) =>
    z.number().safeParse(data.measurements[measure]).data ?? null;
  return {
    verdict: reasons.length === 0 ? 'good' : 'doubtful',
    summary: summaryOf(reasons.length),
    reasons,
    figures: Object.fromEntries(
      figures.map(([name, { measure }]) => [name, figureOf(measure)]),
    ) as Of<number | null>,
  };
}

function summaryOf(complaints: number): string {
  if (complaints === 0) return 'Good: the inspection of the finished photo has no complaint.';
  const many = complaints === 1 ? 'one complaint' : `${complaints} complaints`;
  return `Doubtful: the inspection of the finished photo has ${many}. Look at it before it is handed over.`;
}
