import { z } from 'zod';
import type { Enhancement } from './trpc.ts';

const Measured = z.object({
  measurements: z.record(z.string(), z.number().nullable().catch(null)).catch({}),
  warnings: z.array(z.object({ code: z.string() })).catch([]),
});

/** One line of the report that every result carries. */
export type Quality = {
  label: string;
  value: string;
  /** It fell below what the engine stands for. */
  isFault: boolean;
};

const share = (value: number) => `${(100 * value).toFixed(value < 0.001 ? 0 : 1)} %`;
const plain = (value: number) => value.toFixed(1);

type Line = {
  label: string;
  measure: string;
  say: (value: number) => string;
  /** Codes of the engine's warnings about it. */
  faults: readonly string[];
};

/** What is measured on a finished photo, in the order in which one would look. */
const lines: readonly Line[] = [
  { label: 'Sharpness', measure: 'sharpness', say: plain, faults: ['soft'] },
  {
    label: 'Detail kept',
    measure: 'detailKept',
    say: (kept) => share(Math.min(1, kept)),
    faults: ['blurred'],
  },
  {
    label: 'Clipped highlights',
    measure: 'clippedBright',
    say: share,
    faults: ['blown_highlights', 'highlights_lost'],
  },
  { label: 'Blocked shadows', measure: 'clippedDark', say: share, faults: ['blocked_shadows'] },
  {
    label: 'Verticals still lean',
    measure: 'tilt',
    say: (degrees) => `${degrees.toFixed(1)}°`,
    faults: ['tilted'],
  },
  { label: 'Grain', measure: 'grain', say: plain, faults: ['noisy', 'grain_added'] },
  {
    label: 'Colour cast added',
    measure: 'castAdded',
    say: (stops) => `${Math.max(0, stops).toFixed(2)} stops`,
    faults: ['color_cast'],
  },
  { label: 'Ghosts', measure: 'structureAdded', say: share, faults: ['ghosts'] },
  { label: 'Structure kept', measure: 'structureKept', say: share, faults: ['structure_lost'] },
  { label: 'Rims at edges', measure: 'halo', say: plain, faults: ['halo'] },
];

/** What was measured on a result; nothing where its report does not say. */
export function qualityOf(report: Enhancement['report']): Quality[] {
  const { data } = Measured.safeParse(report);
  if (data === undefined) return [];
  const codes = data.warnings.map(({ code }) => code);
  return lines.flatMap(({ label, measure, say, faults }) => {
    const value = data.measurements[measure];
    if (value === undefined || value === null) return [];
    return [{ label, value: say(value), isFault: faults.some((code) => codes.includes(code)) }];
  });
}
