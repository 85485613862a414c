import { reduceGeometry } from '../geometry/geometry.ts';
import { judge, rulesFor } from '../inspect/judge.ts';
import { measure } from '../inspect/measurements.ts';
import type { Rule } from '../inspect/rules.ts';
import { saferOptions } from '../inspect/safer.ts';
import { shrinkOnPool } from '../inspect/shrink-on-pool.ts';
import { type Witnesses, witnessesOf } from '../inspect/witnesses.ts';
import { beforeChange, type Decided, decide } from './decide.ts';
import { type Fallback, fallbacksOf } from './fallbacks.ts';
import { giveFirstLook } from './first-look.ts';
import { pictureOf, viewsAsLaid } from './job.ts';
import type { OnStep, StepReport } from './run-step.ts';
import type { Job } from './step.ts';

/** Recipes that are tried before a photo goes out with its faults named. */
const MAX_ATTEMPTS = 3;

export type Choice = {
  readonly chosen: Job;
  readonly steps: readonly StepReport[];
  readonly fallbacks: readonly Fallback[];
  readonly broken: readonly Rule[];
};

/**
 * Lets the steps decide on the small photo, and looks at it. When it has a fault that a safer recipe avoids,
 * the steps from the first that is done differently decide again.
 */
export async function chooseRecipe(job: Job, onStep: OnStep): Promise<Choice> {
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

/** The exposures as the photo lies by now. */
export async function witnessesFor(job: Job): Promise<Witnesses> {
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
