import { EngineError } from '../errors.ts';
import { reduceGeometry } from '../geometry/geometry.ts';
import { judge, rulesFor } from '../inspect/judge.ts';
import { measure } from '../inspect/measurements.ts';
import type { Rule } from '../inspect/rules.ts';
import { saferOptions } from '../inspect/safer.ts';
import { type Finished, saferAtFullSize } from '../inspect/safer-at-full-size.ts';
import { shrinkOnPool } from '../inspect/shrink-on-pool.ts';
import { type Witnesses, witnessesOf } from '../inspect/witnesses.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { TunableStep } from '../options/settings.ts';
import { align } from './align.ts';
import { decode } from './decode.ts';
import { denoise } from './denoise.ts';
import { encode } from './encode.ts';
import { giveFirstLook } from './first-look.ts';
import { inspect } from './inspect.ts';
import { pictureOf, viewsAsLaid } from './job.ts';
import { lens } from './lens.ts';
import { merge } from './merge.ts';
import { privacy } from './privacy.ts';
import { sharpen } from './sharpen.ts';
import type { Job, Step, StepOutcome, Warning } from './step.ts';
import { STEP_NAMES, type StepName } from './step-names.ts';
import { tone } from './tone.ts';
import { verticals } from './verticals.ts';
import { whiteBalance } from './white-balance.ts';
import { windowPull } from './window-pull.ts';

/** The steps that are built, in running order (that of STEP_NAMES). */
export const PIPELINE: readonly Step[] = [
  decode,
  align,
  merge,
  windowPull,
  lens,
  verticals,
  whiteBalance,
  tone,
  denoise,
  privacy,
  sharpen,
  encode,
  inspect,
];

export type StepReport = StepOutcome & { readonly name: StepName };

/** A fault that was seen, and the steps that were then done differently or not at all. */
export type Fallback = Warning & { readonly changed: readonly string[] };

export type PipelineResult = {
  readonly job: Job;
  readonly steps: readonly StepReport[];
  readonly fallbacks: readonly Fallback[];
};

/** Recipes that are tried before a photo goes out with its faults named. */
const MAX_ATTEMPTS = 3;

/**
 * Runs one job through every step; switched-off and missing steps are reported, never silently left out.
 * When the small photo has a fault that a safer recipe avoids, the steps from the first that is done
 * differently decide again, before anything is done at full size. When only the finished photo has one, it
 * is made once more without the step to blame.
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
  if (second === null || second.broken.length >= first.broken.length) return first;
  const fallbacks = [...first.fallbacks, ...second.fallbacks, ...fallbacksOf(first, second)];
  return { ...second, fallbacks };
}

type FinishedRun = PipelineResult & Finished;

async function finish(job: Job, onStep: OnStep): Promise<FinishedRun> {
  const before = await runSteps(job, ['decode'], onStep);
  const { chosen, steps, fallbacks, broken: brokenBefore } = await chooseRecipe(job, onStep);
  chosen.witnesses = await witnessesFor(chosen);
  job.overviews = [];
  const after = await carryOut(chosen, onStep);
  return {
    ...{ job: chosen, steps: [...before, ...steps, ...after], fallbacks, brokenBefore },
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

type OnStep = (step: Step) => void;

const DECIDING = STEP_NAMES.filter((name) => !['decode', 'encode', 'inspect'].includes(name));

type Choice = {
  readonly chosen: Job;
  readonly steps: readonly StepReport[];
  readonly fallbacks: readonly Fallback[];
  readonly broken: readonly Rule[];
};

async function chooseRecipe(job: Job, onStep: OnStep): Promise<Choice> {
  const fallbacks: Fallback[] = [];
  const first = await decide({ job, kept: [] }, onStep);
  // It is wanted at once; what is found to be wrong with it is mended in the finished photo.
  await giveFirstLook(first.job);
  let best = await examine(first);
  for (let tries = 1; tries < MAX_ATTEMPTS && best.broken.length > 0; tries++) {
    const safer = saferOptions(best.job.options, best.broken);
    if (safer === null) break;
    const next = await examine(await decide(beforeChange(best, safer), onStep));
    // A recipe that heals nothing is no better for being safer.
    if (next.broken.length >= best.broken.length) break;
    fallbacks.push(...fallbacksOf(best, next));
    best = next;
  }
  const steps = best.decisions.map(({ report }) => report);
  return { chosen: best.job, steps, fallbacks, broken: best.broken };
}

/** What a step decided, and the job as it was before. */
type Decision = { readonly before: Job; readonly report: StepReport };

/** A job whose first steps have decided. */
type Start = { readonly job: Job; readonly kept: readonly Decision[] };

/** One recipe on the small photo. */
type Decided = { readonly job: Job; readonly decisions: readonly Decision[] };

async function decide(start: Start, onStep: OnStep): Promise<Decided> {
  const job = forkOf(start.job, start.job.options);
  const decisions = [...start.kept];
  for (const name of DECIDING.slice(decisions.length)) {
    const before = forkOf(job, job.options);
    decisions.push({ before, report: await runStep(job, name, onStep) });
  }
  return { job, decisions };
}

/** Where the steps have to decide again: before the first that reads other settings. */
function beforeChange({ job, decisions }: Decided, options: ResolvedOptions): Start {
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

/** What came of one recipe, and the faults the engine is to blame for. */
type Attempt = Decided & { readonly broken: readonly Rule[] };

async function examine(decided: Decided): Promise<Attempt> {
  const { job } = decided;
  // No recipe mends a tilt that is left, so it is not asked for here.
  const witnesses = await witnessesFor(job);
  const measured = measure(await shrinkOnPool(job.pool, pictureOf(job), witnesses), witnesses);
  return {
    ...decided,
    broken: judge(measured, rulesFor(job.plan)).filter(({ safer }) => safer !== null),
  };
}

/** The same job, to go another way: steps replace what they change, and leave what was there as it is. */
function forkOf(job: Job, options: ResolvedOptions): Job {
  return { ...job, options, plan: { ...job.plan }, ran: [...job.ran] };
}

async function witnessesFor(job: Job): Promise<Witnesses> {
  const { pool, plan } = job;
  const { geometry, scale } = plan;
  const exposures = job.overviews.map(({ picture }) => picture);
  return await witnessesOf(exposures, job.referenceIndex, {
    photo: pictureOf(job),
    asSeen: geometry === null ? null : reduceGeometry(geometry, scale),
    views: viewsAsLaid(job),
    pool,
  });
}

type Judged = Pick<Attempt, 'job' | 'broken'>;

/** The faults that one recipe had and the next has not, and the steps that differ between both. */
function fallbacksOf(before: Judged, after: Judged): Fallback[] {
  const changed = changedSteps(before.job.options, after.job.options);
  return before.broken
    .filter((rule) => !after.broken.includes(rule))
    .map(({ code, message }) => ({ code, message, changed }));
}

function changedSteps({ steps: was }: ResolvedOptions, { steps: is }: ResolvedOptions): string[] {
  return Object.entries(was)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(is[name as TunableStep]))
    .map(([name]) => name);
}

async function runSteps(
  job: Job,
  names: readonly StepName[],
  onStep: OnStep,
): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const name of names) reports.push(await runStep(job, name, onStep));
  return reports;
}

async function runStep(job: Job, name: StepName, onStep: OnStep): Promise<StepReport> {
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
