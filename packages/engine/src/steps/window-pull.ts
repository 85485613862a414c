import { applyWindow } from '../window/apply-window.ts';
import { planWindow } from '../window/plan-window.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/** Gives blown windows the view that a darker exposure has of them; nothing is made up. */
export const windowPull: Step = {
  name: 'windowPull',
  cost: 8,
  run: async (job) => {
    const picture = pictureOf(job);
    const outcome = planWindow(job.overviews, picture);
    await job.pulse(0.6);
    if (outcome.plan === null) return { ran: false, reason: outcome.reason };
    const { plan, views, facts } = outcome;
    job.plan.window = plan;
    job.plan.views = views;
    job.picture = applyWindow(picture, job.overviews, plan);
    return { ran: true, facts: { ...facts } };
  },
};
