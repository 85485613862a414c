import { EngineError } from '../errors.ts';
import { judge, rulesFor } from '../inspect/judge.ts';
import { type Finished, saferAtFullSize } from '../inspect/safer-at-full-size.ts';
import { chooseRecipe, witnessesFor } from './choose-recipe.ts';
import { forkOf } from './decide.ts';
import { type Fallback, fallbacksOf } from './fallbacks.ts';
import { type OnStep, runStep, type StepReport } from './run-step.ts';
import type { Job, Warning } from './step.ts';

export type PipelineResult = {
  readonly job: Job;
  readonly steps: readonly StepReport[];
  readonly fallbacks: readonly Fallback[];
  /** Of the work as a whole; each step has its own. */
  readonly warnings: readonly Warning[];
};

const NOT_MADE_AGAIN: Warning = {
  code: 'not_made_again',
  message:
    'The photo was to be made once more without the faults that are named here, but that failed. This is the first one.',
};

/**
 * Makes the photo: a recipe is chosen on the small one and carried out at full size. When only the finished
 * photo has a fault, it is made once more without the step to blame.
 */
export async function runPipeline(job: Job, onStep: OnStep): Promise<PipelineResult> {
  const fresh = forkOf(job, job.options);
  const mark = job.pool.arena.take(0);
  const first = await finish(job, onStep);
  const safer = saferAtFullSize(first.job.options, first);
  if (safer === null) return first;
  job.pool.arena.release(mark);
  // The first look has been given.
  const second = await finish(forkOf(fresh, { ...safer, firstLook: null }), onStep).catch(
    (error: unknown) => {
      if (error instanceof EngineError && error.code === 'cancelled') throw error;
      // There is a finished photo, and it says itself what is wrong with it.
      return null;
    },
  );
  if (second === null) return { ...first, warnings: [NOT_MADE_AGAIN] };
  if (second.broken.length >= first.broken.length) return first;
  const fallbacks = [...first.fallbacks, ...second.fallbacks, ...fallbacksOf(first, second)];
  return { ...second, fallbacks };
}

async function finish(job: Job, onStep: OnStep): Promise<PipelineResult & Finished> {
  const before = await runStep(job, 'decode', onStep);
  const { chosen, steps, fallbacks, broken: brokenBefore } = await chooseRecipe(job, onStep);
  chosen.witnesses = await witnessesFor(chosen);
  job.overviews = [];
  const after = await carryOut(chosen, onStep);
  return {
    ...{ job: chosen, steps: [before, ...steps, ...after], fallbacks, warnings: [], brokenBefore },
    longSide: chosen.longSide,
    broken: chosen.measurements === null ? [] : judge(chosen.measurements, rulesFor(chosen.plan)),
  };
}

/** The photo is inspected while its files are being written. */
async function carryOut(chosen: Job, onStep: OnStep): Promise<readonly StepReport[]> {
  const rendered = Promise.withResolvers<void>();
  chosen.onRendered = rendered.resolve;
  const writing = runStep(chosen, 'encode', onStep);
  await Promise.race([rendered.promise, writing]);
  // Writing takes longer, and stays what is told of.
  return await Promise.all([writing, runStep(chosen, 'inspect', () => undefined)]);
}
