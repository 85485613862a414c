import type { Plan } from '../plan/plan.ts';
import { balanceFrame } from './balance.ts';
import type { Canvas } from './canvas.ts';
import { denoiseFrame } from './denoise.ts';
import { hidePrivate } from './privacy.ts';
import { resampleFrame } from './resample.ts';
import { sharpenFrame } from './sharpen.ts';
import { toneFrame } from './tone.ts';

/**
 * Does one part of the plan to the full-size photo; returns at once where the plan asks for nothing.
 * @param pause to be called every few milliseconds where this thread does the work: an abort is noticed
 */
export type Stage = (canvas: Canvas, plan: Plan, pause: () => Promise<void>) => Promise<void>;

const geometry: Stage = async (canvas, plan) => {
  if (plan.geometry !== null) await resampleFrame(canvas, plan.geometry);
};

const whiteBalance: Stage = async ({ pool, photo }, plan) => {
  if (plan.whiteBalance !== null) await balanceFrame(pool, photo, plan.whiteBalance);
};

const tone: Stage = async ({ pool, photo }, plan) => {
  if (plan.tone !== null) await toneFrame(pool, photo, plan.tone);
};

const denoise: Stage = async (canvas, plan) => {
  if (plan.denoise) await denoiseFrame(canvas);
};

const privacy: Stage = async ({ pool, photo }, { privacy: plan }, pause) => {
  if (plan !== null) await hidePrivate(pool, photo, { plan, pause });
};

const sharpen: Stage = async (canvas, plan) => {
  if (plan.sharpen !== null) canvas.noise = await sharpenFrame(canvas, plan.sharpen);
};

/** What happens to the merged photo, in this order. */
export const STAGES: readonly Stage[] = [geometry, whiteBalance, tone, denoise, privacy, sharpen];
