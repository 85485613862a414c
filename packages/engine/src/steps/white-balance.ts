import { applyWhiteBalance } from '../color/apply-white-balance.ts';
import { isMonochrome } from '../color/is-monochrome.ts';
import { planWhiteBalance, type WhiteBalancePlan } from '../color/plan-white-balance.ts';
import { pictureOf } from './job.ts';
import type { Step, StepFacts } from './step.ts';

/** Corrections smaller than this (log2 of a gain) cannot be seen. */
const VISIBLE = 0.015;

/** Takes the colour of the light away, as far as it can be told from the colour of things. */
export const whiteBalance: Step = {
  name: 'whiteBalance',
  cost: 6,
  run: async (job) => {
    const picture = pictureOf(job);
    if (isMonochrome(picture))
      return { ran: false, reason: 'The photo is black and white, and stays so.' };
    const plan = planWhiteBalance(picture, job.options.steps.whiteBalance);
    await job.pulse(0.5);
    if (plan.gains.flat().every((gain) => Math.abs(Math.log2(gain)) < VISIBLE))
      return { ran: false, reason: 'The photo is neutral already.' };
    job.plan.whiteBalance = plan;
    job.picture = applyWhiteBalance(picture, plan);
    return { ran: true, facts: factsOf(plan) };
  },
};

function factsOf({ gains, estimate, spread }: WhiteBalancePlan): StepFacts {
  const { light, warmthSigma, tintSigma, outdoors } = estimate;
  const mean = (c: 0 | 1 | 2): number =>
    gains.reduce((product, gain) => product * gain[c], 1) ** (1 / gains.length);
  return {
    lightRed: light.red,
    lightBlue: light.blue,
    lightSigma: Math.hypot(warmthSigma, tintSigma),
    outdoors,
    lights: gains.length,
    spread,
    gainRed: mean(0),
    gainGreen: mean(1),
    gainBlue: mean(2),
  };
}
