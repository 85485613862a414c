import { measureNoise } from '../denoise/measure-noise.ts';
import type { StepSettings } from '../options/settings.ts';
import { blurWeights, planSharpen, type SharpenPlan } from '../sharpen/plan-sharpen.ts';
import type { Canvas } from './canvas.ts';
import { noiseSourceOf } from './noise-source.ts';
import { ONE } from './planes.ts';

/**
 * Sharpens the photo at full size, as far as its noise allows.
 * @returns the noise that was found (deviation of luma, 0..1), for the sharpening of smaller outputs
 */
export async function sharpenFrame(
  canvas: Canvas,
  settings: StepSettings['sharpen'],
): Promise<number> {
  const { pool, photo } = canvas;
  const { luma } = measureNoise(noiseSourceOf(pool.arena, photo));
  const longSide = Math.max(photo.y.width, photo.y.height);
  const plan = planSharpen(settings, { longSide, reduction: 1 }, luma);
  if (plan !== null) await sharpenPlanes(canvas, plan);
  return luma;
}

/** The same by a plan; does on planes what `applySharpen` does on interleaved codes. */
export async function sharpenPlanes(canvas: Canvas, plan: SharpenPlan): Promise<void> {
  const { pool, photo } = canvas;
  const { y, cb, cr } = photo;
  const into = canvas.other(y.width, y.height);
  const weights = blurWeights(plan.sigma).map((weight) => Math.round(weight * 32_768));
  await pool.strips(cb, (from, to) => [
    'sharpen.sharpen',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[into.y.address, into.cb.address, into.cr.address, ...weights],
    Math.min(32_767, Math.round(plan.amount * 16_384)),
    ...[Math.round(plan.threshold * ONE), Math.round(plan.haloCap * ONE), from, to],
  ]);
  canvas.turn(into);
}
