import { reduceGeometry } from '../geometry/geometry.ts';
import { tiltOf } from '../geometry/tilt-of.ts';
import { judge } from '../inspect/judge.ts';
import { measure, type Witnesses } from '../inspect/measurements.ts';
import type { Rule } from '../inspect/rules.ts';
import { saferOptions } from '../inspect/safer.ts';
import { witnessesOf } from '../inspect/witnesses.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { align } from './align.ts';
import { decode } from './decode.ts';
import { denoise } from './denoise.ts';
import { encode } from './encode.ts';
import { inspect } from './inspect.ts';
import { pictureOf } from './job.ts';
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
  let attempt = forkOf(job, job.options);
  let planned = await plan(attempt, onStep);
  for (let tries = 1; tries < MAX_ATTEMPTS; tries++) {
    const broken = judge(measure(pictureOf(attempt), witnessesFor(attempt), tiltOf));
    const safer = saferOptions(attempt.options, broken);
    if (safer === null) break;
    fallbacks.push(...broken.flatMap((rule) => fallbackOf(rule)));
    attempt = forkOf(job, safer);
    planned = await plan(attempt, onStep);
  }
  attempt.witnesses = witnessesFor(attempt);
  job.overviews = [];
  const after = await runSteps(attempt, FINISHING, onStep);
  return { job: attempt, steps: [...before, ...planned, ...after], fallbacks };
}

const FINISHING: readonly StepName[] = ['encode', 'inspect'];

function stepsUpTo(last: StepName): readonly StepName[] {
  return STEP_NAMES.slice(0, STEP_NAMES.indexOf(last) + 1);
}

async function plan(job: Job, onStep: (step: Step) => void): Promise<StepReport[]> {
  const decided = STEP_NAMES.filter((name) => name !== 'decode' && !FINISHING.includes(name));
  return await runSteps(job, decided, onStep);
}

/** The job as it was after decoding, with other options. */
function forkOf(job: Job, options: ResolvedOptions): Job {
  return { ...job, options, plan: { ...job.plan }, ran: [...job.ran] };
}

function witnessesFor(job: Job): Witnesses {
  const { geometry, scale } = job.plan;
  const asSeen = geometry === null ? null : reduceGeometry(geometry, scale);
  return witnessesOf(job.overviews, job.referenceIndex, { photo: pictureOf(job), asSeen });
}

function fallbackOf({ code, message, safer }: Rule): Fallback[] {
  return safer === null ? [] : [{ code, message, changed: Object.keys(safer) }];
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
