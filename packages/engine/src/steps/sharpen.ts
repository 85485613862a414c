import { createSharpener } from '../pixels/unsharp.ts';
import { pictureOf, stripRows } from './job.ts';
import type { Step } from './step.ts';

/** Crisps edges for the size the photo is delivered at, without the white rims of over-sharpening. */
export const sharpen: Step = {
  name: 'sharpen',
  cost: 8,
  run: async (job) => {
    const { amount, radius, haloCap } = job.options.steps.sharpen;
    if (amount === 0) return { ran: false, reason: 'The sharpening amount is 0.' };
    const picture = pictureOf(job);
    const { maxWidth } = job.options.output;
    const reduction = maxWidth === null ? 1 : Math.max(1, picture.width / maxWidth);
    const sigma = Math.min(3, radius * reduction);
    const sharpenRow = createSharpener(picture, { amount, sigma, haloCap });
    const rows = stripRows(picture.width);
    for (let y = 0; y < picture.height; y++) {
      sharpenRow(y);
      if (y % rows === 0) await job.pulse(y / picture.height);
    }
    return { ran: true, facts: { sigma, amount } };
  },
};
