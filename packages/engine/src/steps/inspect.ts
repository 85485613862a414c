import { judge } from '../inspect/judge.ts';
import { measure } from '../inspect/measurements.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/** Looks at the finished photo with numbers and says what a careful eye would complain about. */
export const inspect: Step = {
  name: 'inspect',
  cost: 6,
  run: async (job) => {
    const measurements = measure(pictureOf(job), job.referenceProxy);
    job.measurements = measurements;
    await job.pulse(1);
    const warnings = judge(measurements);
    return { ran: true, facts: { warnings: warnings.length }, warnings };
  },
};
