import { denoisePicture } from '../denoise/apply-denoise.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/**
 * Takes noise out where there is any. A reduced copy has lost most of it, so that only the full-size
 * photo can tell; here a photo is looked at that is small enough to be worked on whole.
 */
export const denoise: Step = {
  name: 'denoise',
  cost: 1,
  run: async (job) => {
    job.plan.denoise = true;
    if (job.plan.scale > 1) return { ran: true, facts: { measured: 'at full size' } };
    const { picture, plan } = denoisePicture(pictureOf(job));
    if (plan === null) return { ran: false, reason: 'There is no noise to speak of.' };
    job.picture = picture;
    const { luma, cb, cr } = plan.noise;
    return {
      ran: true,
      facts: { measured: 'here', luma: 255 * luma, chroma: (255 * (cb + cr)) / 2 },
    };
  },
};
