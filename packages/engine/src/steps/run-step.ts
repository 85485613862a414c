import { PIPELINE } from './built-steps.ts';
import type { Job, Step, StepOutcome } from './step.ts';
import type { StepName } from './step-names.ts';

export type StepReport = StepOutcome & { readonly name: StepName };

/** Told which step is at work. */
export type OnStep = (step: Step) => void;

/** Runs one step; switched-off and missing ones are reported, never silently left out. */
export async function runStep(job: Job, name: StepName, onStep: OnStep): Promise<StepReport> {
  const step = PIPELINE.find((candidate) => candidate.name === name);
  if (!isWanted(job, name)) return { name, ran: false, reason: 'Switched off.' };
  if (step === undefined) return { name, ran: false, reason: 'Not available in this version.' };
  onStep(step);
  await job.pulse(0);
  const outcome = await step.run(job);
  if (outcome.ran) job.ran.push(name);
  return { name, ...outcome };
}

/** `merge` always runs: switched off it still has to choose the one exposure to go on with. */
function isWanted(job: Job, name: StepName): boolean {
  if (name === 'decode' || name === 'merge' || name === 'encode' || name === 'inspect') return true;
  return job.options.steps[name].enabled;
}
