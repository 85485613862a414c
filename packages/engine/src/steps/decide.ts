import { EngineError } from '../errors.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { PIPELINE } from './built-steps.ts';
import { changedSteps } from './fallbacks.ts';
import { type OnStep, runStep, type StepReport } from './run-step.ts';
import type { Job } from './step.ts';
import { STEP_NAMES } from './step-names.ts';

/** The steps that decide on the small photo; `decode` has happened, the others follow at full size. */
const DECIDING = STEP_NAMES.filter((name) => !['decode', 'encode', 'inspect'].includes(name));

/** What a step decided, and the job as it was before. */
type Decision = { readonly before: Job; readonly report: StepReport };

/** A job whose first steps have decided. */
export type Start = { readonly job: Job; readonly kept: readonly Decision[] };

/** One recipe on the small photo. */
export type Decided = { readonly job: Job; readonly decisions: readonly Decision[] };

/** Lets every step decide that has not yet. */
export async function decide(start: Start, onStep: OnStep): Promise<Decided> {
  const job = forkOf(start.job, start.job.options);
  const decisions = [...start.kept];
  for (const name of DECIDING.slice(decisions.length)) {
    const before = forkOf(job, job.options);
    decisions.push({ before, report: await runStep(job, name, onStep) });
  }
  return { job, decisions };
}

/** Where the steps have to decide again: before the first that reads other settings. */
export function beforeChange({ job, decisions }: Decided, options: ResolvedOptions): Start {
  const changed = changedSteps(job.options, options);
  const index = DECIDING.findIndex((name) => {
    const reads: readonly string[] = PIPELINE.find((step) => step.name === name)?.reads ?? [];
    return changed.some((one) => one === name || reads.includes(one));
  });
  const decision = decisions[index];
  if (decision === undefined)
    throw new EngineError('internal', 'A recipe was to be tried that changes no step.');
  return { job: forkOf(decision.before, options), kept: decisions.slice(0, index) };
}

/** The same job, to go another way: steps replace what they change, and leave what was there as it is. */
export function forkOf(job: Job, options: ResolvedOptions): Job {
  return { ...job, options, plan: { ...job.plan }, ran: [...job.ran] };
}
