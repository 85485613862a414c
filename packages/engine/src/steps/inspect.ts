import { EngineError } from '../errors.ts';
import { judge } from '../inspect/judge.ts';
import { measure } from '../inspect/measurements.ts';
import { meanOf } from '../pixels/measure.ts';
import type { Plane } from '../pixels/picture.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/** Looks at the finished photo with numbers and says what a careful eye would complain about. */
export const inspect: Step = {
  name: 'inspect',
  cost: 6,
  run: async (job) => {
    const measurements = measure(pictureOf(job), job.referenceProxy);
    checkNotLost(measurements.meanLuma, job.referenceProxy);
    job.measurements = measurements;
    await job.pulse(1);
    const warnings = judge(measurements);
    return { ran: true, facts: { warnings: warnings.length }, warnings };
  },
};

/** Mean lumas (0..1): a result below the first of a photo above the second was lost on the way. */
const BLACK = 0.002;
const NOT_BLACK = 0.02;

/** @throws EngineError `internal` instead of handing out a black photo as finished. */
export function checkNotLost(meanLuma: number, reference: Plane | null): void {
  if (meanLuma >= BLACK || reference === null || meanOf(reference) <= NOT_BLACK) return;
  throw new EngineError(
    'internal',
    'The photo came out black although its exposures are not. The original photos are untouched.',
  );
}
