import { warpPlane } from '../geometry/warp-plane.ts';
import type { Plane } from '../pixels/picture.ts';
import { applyTone } from '../tone/apply-tone.ts';
import { planTone } from '../tone/plan-tone.ts';
import { pictureOf } from './job.ts';
import type { Job, Step } from './step.ts';

/** Brings the photo to the brightness, openness and colour of a listing. */
export const tone: Step = {
  name: 'tone',
  cost: 8,
  run: async (job) => {
    const picture = pictureOf(job);
    const plan = planTone(picture, job.options.steps.tone, sparedOf(job));
    await job.pulse(0.5);
    job.plan.tone = plan;
    job.picture = applyTone(picture, plan);
    return { ran: true, facts: { ...plan.range, gamma: plan.gamma } };
  },
};

/** Views are set against the room already; they lie as the photo does by now. */
function sparedOf({ plan }: Job): Plane | null {
  const { views, geometry, scale } = plan;
  return views === null || geometry === null ? views : warpPlane(views, geometry, scale);
}
