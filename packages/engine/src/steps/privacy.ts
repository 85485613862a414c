import { applyPrivacy } from '../privacy/apply-privacy.ts';
import { type BlurredBox, planPrivacy } from '../privacy/plan-privacy.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/** Blurs faces, and the boxes that were asked for, beyond recovery. Only on request. */
export const privacy: Step = {
  name: 'privacy',
  cost: 10,
  run: async (job) => {
    const picture = pictureOf(job);
    const { pool } = job;
    const { scale } = job.plan;
    const plan = await planPrivacy({ picture, scale, pool }, job.options.steps.privacy);
    await job.pulse(0.8);
    if (plan.boxes.length === 0)
      return { ran: false, reason: 'No faces were found, and nothing else was to be hidden.' };
    job.plan.privacy = plan;
    job.picture = await applyPrivacy(picture, plan, { scale, pause: () => job.pulse(0.8) });
    const faces = plan.boxes.filter(({ by }) => by === 'face').length;
    const boxes = plan.boxes.map(describe).join('; ');
    return { ran: true, facts: { faces, byHand: plan.boxes.length - faces, boxes } };
  },
};

/** "face 1200,340 96x120": corner and size in full-size pixels of the photo. */
function describe({ by, left, top, width, height }: BlurredBox): string {
  const [x, y, w, h] = [left, top, width, height].map(Math.round);
  return `${by} ${x},${y} ${w}x${h}`;
}
