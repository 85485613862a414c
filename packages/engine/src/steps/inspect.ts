import { EngineError } from '../errors.ts';
import { tiltOf } from '../geometry/tilt-of.ts';
import { judge, rulesFor } from '../inspect/judge.ts';
import { type Measurements, measure } from '../inspect/measurements.ts';
import type { Step } from './step.ts';

/** Looks at the finished photo with numbers and says what a careful eye would complain about. */
export const inspect: Step = {
  name: 'inspect',
  cost: 4,
  run: async (job) => {
    if (job.photo === null || job.witnesses === null)
      throw new EngineError('internal', 'A photo was to be inspected before it was written.');
    const measurements = measure(job.photo, job.witnesses, tiltOf);
    checkNotLost(measurements, job.witnesses.reference.mean);
    job.measurements = measurements;
    await job.pulse(1);
    const warnings = judge(measurements, rulesFor(job.plan)).map(({ code, message }) => ({
      code,
      message,
    }));
    return { ran: true, facts: { warnings: warnings.length }, warnings };
  },
};

/** Mean lumas (0..1): a result below the first of a photo above the second was lost on the way. */
const BLACK = 0.002;
const NOT_BLACK = 0.02;

/** @throws EngineError `internal` instead of handing out a black photo as finished. */
export function checkNotLost({ meanLuma }: Pick<Measurements, 'meanLuma'>, before: number): void {
  if (meanLuma >= BLACK || before <= NOT_BLACK) return;
  throw new EngineError(
    'internal',
    'The photo came out black although its exposures are not. The original photos are untouched.',
  );
}
