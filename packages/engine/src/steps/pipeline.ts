import { align } from './align.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { inspect } from './inspect.ts';
import { merge } from './merge.ts';
import { sharpen } from './sharpen.ts';
import type { Job, Step, StepOutcome } from './step.ts';
import { STEP_NAMES, type StepName } from './step-names.ts';
import { tone } from './tone.ts';
import { whiteBalance } from './white-balance.ts';

/** The steps that are built, in running order (that of STEP_NAMES). */
export const PIPELINE: readonly Step[] = [
  decode,
  align,
  merge,
  whiteBalance,
  tone,
  sharpen,
  encode,
  inspect,
];

export type StepReport = StepOutcome & { readonly name: StepName };

/** Runs one job through every step; switched-off and missing steps are reported, never silently left out. */
export async function runPipeline(job: Job, onStep: (step: Step) => void): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const name of STEP_NAMES) {
    const step = PIPELINE.find((candidate) => candidate.name === name);
    if (!isWanted(job, name)) reports.push({ name, ran: false, reason: 'Switched off.' });
    else if (step === undefined)
      reports.push({ name, ran: false, reason: 'Not available in this version.' });
    else {
      onStep(step);
      await job.pulse(0);
      const outcome = await step.run(job);
      if (outcome.ran) job.ran.push(name);
      reports.push({ name, ...outcome });
    }
  }
  return reports;
}

/** `merge` always runs: switched off it still has to choose the one exposure to go on with. */
function isWanted(job: Job, name: StepName): boolean {
  if (name === 'decode' || name === 'merge' || name === 'encode' || name === 'inspect') return true;
  return job.options.steps[name].enabled;
}
