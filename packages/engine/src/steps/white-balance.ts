import { createBalance, gainsFor } from '../color/balance.ts';
import { estimateCast } from '../color/estimate-cast.ts';
import { pictureOf, stripRows } from './job.ts';
import type { Step } from './step.ts';

/** Corrections smaller than this (log2 of a gain) cannot be seen. */
const VISIBLE = 0.01;

/** Below this share of near-neutral surfaces the estimate is a guess and is followed less. */
const SURE = 0.35;

/** From this share of the vote on, one evenly coloured surface counts as paint rather than light. */
const UNIFORM = 0.5;

/**
 * A single photo gets this share of the correction: bracketed rooms are shot with a fixed balance,
 * single photos were balanced by the camera, and what colour is left is mostly that of the walls.
 */
const SINGLE_SHARE = 0.6;

/** Takes the colour of the light away, as far as it can be told from the colour of things. */
export const whiteBalance: Step = {
  name: 'whiteBalance',
  cost: 6,
  run: async (job) => {
    const { strength, maxGain } = job.options.steps.whiteBalance;
    const picture = pictureOf(job);
    const { light, confidence, uniformity } = estimateCast(picture);
    const share = job.frames.length === 1 ? SINGLE_SHARE : 1;
    const varied = Math.min(1, (1 - uniformity) / (1 - UNIFORM));
    const sure = Math.min(1, confidence / SURE) * varied;
    const gains = gainsFor(light, strength * share * sure, 1 + (maxGain - 1) * share);
    const facts = {
      lightRed: light[0],
      lightBlue: light[2],
      confidence,
      uniformity,
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
