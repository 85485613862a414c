import { type LensPlan, planLens } from '../geometry/plan-lens.ts';
import { applyGeometry, cameraOf } from './apply-geometry.ts';
import { pictureOf } from './job.ts';
import type { Step, StepFacts } from './step.ts';

/** Finds what the lens did to lines, colours and corners. `verticals` undoes it with its own work. */
export const lens: Step = {
  name: 'lens',
  cost: 3,
  reads: ['verticals'],
  run: async (job) => {
    const camera = await cameraOf(job);
    const { darkening } = job.options.steps.lens;
    const plan = planLens(pictureOf(job), camera, { scale: job.plan.scale, darkening });
    await job.pulse(0.8);
    if (plan.lens === null)
      return { ran: false, reason: 'The lens left no trace that could be measured.' };
    job.plan.lens = plan;
    // All geometry is done at once, by the last step that has any.
    if (!job.options.steps.verticals.enabled)
      await applyGeometry(job, { lens: plan.lens, toUpright: null });
    return { ran: true, facts: factsOf(plan, job.options.steps.lens.darkening) };
  },
};

/** Distortion and colours at the corner, in percent of the way to it. */
function factsOf({ lens: found, plumb }: LensPlan, darkening: number): StepFacts {
  const { k1 = 0, red = 0, blue = 0 } = found ?? {};
  return {
    distortion: percent(k1),
    distortionSpread: percent(plumb.spread),
    edges: plumb.edges,
    redFringe: percent(red),
    blueFringe: percent(blue),
    darkening,
  };
}

function percent(share: number): number {
  return Math.round(share * 1e5) / 1e3;
}
