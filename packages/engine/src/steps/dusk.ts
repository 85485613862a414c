import { isMonochrome } from '../color/is-monochrome.ts';
import { meanOf } from '../pixels/measure.ts';
import type { Plan } from '../plan/plan.ts';
import { pictureOf, viewsAsLaid } from './job.ts';
import type { Step } from './step.ts';

/**
 * Decides how the light of the day becomes that of dusk. It is done last, and the small photo stays as it is: what
 * is meant to be dark and blue would be found to be a fault.
 */
export const dusk: Step = {
  name: 'dusk',
  cost: 2,
  run: async (job) => {
    const { strength } = job.options.steps.dusk;
    if (strength === 0) return { ran: false, reason: 'The strength of dusk is 0.' };
    if (isMonochrome(pictureOf(job)))
      return { ran: false, reason: 'The photo is black and white, and stays so.' };
    const open = outdoorsOf(job.plan);
    const views = viewsAsLaid(job);
    job.plan.dusk = { open, views, strength };
    return { ran: true, facts: { strength, open, views: views === null ? 0 : meanOf(views) } };
  },
};

/** How sure it is that the photo was taken outside, by its colours or by its light. */
function outdoorsOf({ tone, whiteBalance }: Plan): number {
  return Math.max(tone?.range.outdoors ?? 0, whiteBalance?.estimate.outdoors ? 1 : 0);
}
