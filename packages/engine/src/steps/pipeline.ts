import { reduceGeometry } from '../geometry/geometry.ts';
import { tiltOf } from '../geometry/tilt-of.ts';
import { judge } from '../inspect/judge.ts';
import { measure, type Witnesses } from '../inspect/measurements.ts';
import type { Rule } from '../inspect/rules.ts';
import { saferOptions } from '../inspect/safer.ts';
import { witnessesOf } from '../inspect/witnesses.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { TunableStep } from '../options/settings.ts';
import { align } from './align.ts';
import { decode } from './decode.ts';
import { denoise } from './denoise.ts';
import { encode } from './encode.ts';
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

/** A fault seen on the small photo, and the steps that were then done differently or not at all. */
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
 * When the small photo has a fault that a safer recipe avoids, the steps decide again with that, before
 * anything is done at full size.
 */
export async function runPipeline(job: Job, onStep: (step: Step) => void): Promise<PipelineResult> {
  const before = await runSteps(job, stepsUpTo('decode'), onStep);
  const fallbacks: Fallback[] = [];
  let best = await attempt(forkOf(job, job.options), onStep);
  for (let tries = 1; tries < MAX_ATTEMPTS && best.broken.length > 0; tries++) {
    const safer = saferOptions(best.job.options, best.broken);
    if (safer === null) break;
    const next = await attempt(forkOf(job, safer), onStep);
    // A recipe that heals nothing is no better for being safer.
    if (next.broken.length >= best.broken.length) break;
    fallbacks.push(...fallbacksOf(best, next));
    best = next;
  }
  const chosen = best.job;
  chosen.witnesses = witnessesFor(chosen);
  job.overviews = [];
  const after = await runSteps(chosen, FINISHING, onStep);
  return { job: chosen, steps: [...before, ...best.steps, ...after], fallbacks };
}

const FINISHING: readonly StepName[] = ['encode', 'inspect'];

function stepsUpTo(last: StepName): readonly StepName[] {
  return STEP_NAMES.slice(0, STEP_NAMES.indexOf(last) + 1);
}

/** What came of one recipe on the small photo, and the faults the engine is to blame for. */
type Attempt = {
  readonly job: Job;
  readonly steps: readonly StepReport[];
  readonly broken: readonly Rule[];
};

async function attempt(job: Job, onStep: (step: Step) => void): Promise<Attempt> {
  const decided = STEP_NAMES.filter((name) => name !== 'decode' && !FINISHING.includes(name));
  const steps = await runSteps(job, decided, onStep);
  const measured = measure(pictureOf(job), witnessesFor(job), tiltOf);
  return { job, steps, broken: judge(measured).filter(({ safer }) => safer !== null) };
}

/** The job as it was after decoding, with other options. */
function forkOf(job: Job, options: ResolvedOptions): Job {
  return { ...job, options, plan: { ...job.plan }, ran: [...job.ran] };
}

function witnessesFor(job: Job): Witnesses {
  const { geometry, scale } = job.plan;
  const asSeen = geometry === null ? null : reduceGeometry(geometry, scale);
  return witnessesOf(job.overviews, job.referenceIndex, {
    photo: pictureOf(job),
    asSeen,
    views: viewsAsLaid(job),
  });
}

/** The faults that one recipe had and the next has not, and the steps that differ between both. */
function fallbacksOf(before: Attempt, after: Attempt): Fallback[] {
  const [was, is] = [before.job.options.steps, after.job.options.steps];
  const changed = Object.entries(was)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(is[name as TunableStep]))
    .map(([name]) => name);
  return before.broken
    .filter((rule) => !after.broken.includes(rule))
    .map(({ code, message }) => ({ code, message, changed }));
}

async function runSteps(
  job: Job,
  names: readonly StepName[],
  onStep: (step: Step) => void,
): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const name of names) {
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
