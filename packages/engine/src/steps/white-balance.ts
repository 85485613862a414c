import { createBalance, gainsFor } from '../color/balance.ts';
import { estimateCast } from '../color/estimate-cast.ts';
import { pictureOf, stripRows } from './job.ts';
import type { Step } from './step.ts';

/** Corrections smaller than this (log2 of a gain) cannot be seen. */
const VISIBLE = 0.01;

/** Below this share of near-neutral surfaces the estimate is a guess and is followed less. */
const SURE = 0.35;

/** Takes the colour of the light away, as far as it can be told from the colour of things. */
export const whiteBalance: Step = {
  name: 'whiteBalance',
  cost: 6,
  run: async (job) => {
    const { strength, maxGain } = job.options.steps.whiteBalance;
    const picture = pictureOf(job);
    const { light, confidence } = estimateCast(picture);
    const sure = Math.min(1, confidence / SURE);
    const gains = gainsFor(light, strength * sure, maxGain);
    const facts = {
      lightRed: light[0],
      lightBlue: light[2],
      confidence,
      gainRed: gains[0],
      gainGreen: gains[1],
      gainBlue: gains[2],
    };
    if (gains.every((gain) => Math.abs(Math.log2(gain)) < VISIBLE))
      return { ran: false, reason: 'The photo is neutral already.' };
    const balance = createBalance(gains);
    const rows = stripRows(picture.width);
    for (let y = 0; y < picture.height; y += rows) {
      balance(picture, y, Math.min(picture.height, y + rows));
      await job.pulse(y / picture.height);
    }
    return { ran: true, facts };
  },
};
