import { onPlanes } from '../render/on-planes.ts';
import { toneFrame } from '../render/tone.ts';
import { planTone } from '../tone/plan-tone.ts';
import { pictureOf, viewsAsLaid } from './job.ts';
import type { Step } from './step.ts';

/** Brings the photo to the brightness, openness and colour of a listing. */
export const tone: Step = {
  name: 'tone',
  cost: 8,
  run: async (job) => {
    const { pool } = job;
    const picture = pictureOf(job);
    const plan = planTone(picture, job.options.steps.tone, viewsAsLaid(job));
    await job.pulse(0.5);
    job.plan.tone = plan;
    job.picture = await onPlanes(pool, picture, (photo) => toneFrame(pool, photo, plan));
    return { ran: true, facts: { ...plan.range, gamma: plan.gamma } };
  },
};
