import { planSharpen } from '../sharpen/plan-sharpen.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/**
 * Says how the photo is crisped for its size. It happens at full size and for each smaller output, not
 * on the small copy: what looks crisp there says nothing about either.
 */
export const sharpen: Step = {
  name: 'sharpen',
  cost: 1,
  run: async (job) => {
    const { width, height } = pictureOf(job);
    const longSide = Math.max(width, height) * job.plan.scale;
    const plan = planSharpen(job.options.steps.sharpen, { longSide, reduction: 1 }, 0);
    if (plan === null) return { ran: false, reason: 'The sharpening amount is 0.' };
    job.plan.sharpen = job.options.steps.sharpen;
    const { amount, sigma } = plan;
    return { ran: true, facts: { amount, sigma } };
  },
};
