import { EngineError } from '../errors.ts';
import type { FrameCodes } from '../frames/decode-ahead.ts';
import { decodeFrame } from '../frames/decode-frame.ts';
import type { FrameHeader } from '../frames/read-header.ts';
import { shrinkOnPool } from '../inspect/shrink-on-pool.ts';
import { smallSize } from '../inspect/small-copy.ts';
import { freeMemory } from '../parallel/free-memory.ts';
import type { Picture } from '../pixels/picture.ts';
import type { FramePlan } from '../plan/plan.ts';
import type { InputFrame, Job } from '../steps/step.ts';
import { bendFrame } from './bend-frame.ts';
import { Canvas } from './canvas.ts';
import { duskFrame } from './dusk.ts';
import { loadFrame } from './load-frame.ts';
import { loadMovedFrame } from './load-moved-frame.ts';
import { createMerger, type Merger } from './merge.ts';
import { type PackedLayer, packLayers } from './pack-layers.ts';
import type { YccRef } from './planes.ts';
import { STAGES } from './stages.ts';
import { toCodes } from './to-codes.ts';
import {
  framesInUse,
  isView,
  type KeptView,
  keepView,
  pullWindow,
  viewsLast,
  withView,
} from './window.ts';

/** The finished photo as interleaved 8-bit RGB in shared memory, until the next photo is rendered. */
export type Rendered = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Standard deviation of luma's noise, 0..1; 0 where nothing had to know it. */
  readonly noise: number;
  /** Where its light was changed: what it was before, as small as it is inspected. */
  readonly before: Picture | null;
};

/** Share of the time that goes into the exposures; the rest is for the stages. */
const EXPOSURES_SHARE = 0.7;

/** Carries the plan out at full size. The exposures are decoded one after the other. */
export async function render(job: Job): Promise<Rendered> {
  const canvas = await mergeFrames(job);
  for (const [index, stage] of STAGES.entries()) {
    const done = (stages: number): number =>
      EXPOSURES_SHARE + ((1 - EXPOSURES_SHARE) * stages) / (STAGES.length + 1);
    await stage(canvas, job.plan, () => job.pulse(done(index)));
    await job.pulse(done(index + 1));
  }
  const { width, height } = canvas.photo.y;
  const before = await changeLight(job, canvas);
  return { width, height, data: await toCodes(canvas), noise: canvas.noise, before };
}

/** What dusk makes dark and blue is meant: the photo is judged as it was before. */
async function changeLight(job: Job, canvas: Canvas): Promise<Picture | null> {
  const { pool, plan, witnesses } = job;
  if (plan.dusk === null) return null;
  const { width, height } = canvas.photo.y;
  const codes = { width, height, data: await toCodes(canvas) };
  const before = await shrinkOnPool(pool, codes, witnesses ?? smallSize(codes));
  await duskFrame(pool, canvas.photo, plan.dusk);
  return before;
}

async function mergeFrames(job: Job): Promise<Canvas> {
  const { plan, pool } = job;
  const { width, height } = plan.area;
  const { scale } = plan.fusion;
  const layers = packLayers(plan.fusion);
  plan.fusion = { scale, layers: [] };
  const levels = layers[0]?.weights.length ?? 1;
  const merger = createMerger(pool, { width, height, scale, levels });
  const used = framesInUse(plan.frames, layers, plan.window);
  const order = aheadFirst(
    job,
    viewsLast(plan.frames, plan.window).filter((frame) => used.has(frame)),
  );
  if (!order.some((frame) => job.ahead.has(job.frames[frame.frame]))) job.ahead.forget();
  let lower: KeptView | null = null;
  await freeMemory();
  let next = order[0] === undefined ? null : takeOrDecode(job, order[0]);
  for (const [index, frame] of order.entries()) {
    const codes = { data: await next };
    const following = order[index + 1];
    await addFrame(job, { frame, codes, layers, merger }, async () => {
      // One frame's codes at a time: the next is decoded while this one is blended.
      codes.data = null;
      next = null;
      await freeMemory();
      next = following === undefined ? null : takeOrDecode(job, following);
    });
    // The darkest of two exposures of a view; the other one is what is loaded last.
    if (plan.window !== null && plan.window.views.length > 1 && index === order.length - 2)
      lower = keepView(pool, merger.frame, plan.window);
    await job.pulse((EXPOSURES_SHARE * (index + 1)) / order.length);
  }
  const photo = await merger.finish();
  if (plan.window !== null)
    await pullWindow(pool, plan.window, { photo, upper: merger.frame, lower });
  const { regions } = merger;
  return new Canvas(pool, photo, [regions.result, regions.frame]);
}

type Addition = {
  readonly frame: FramePlan;
  /** Forgotten as soon as it is in planes. */
  readonly codes: { data: FrameCodes | null };
  readonly layers: readonly PackedLayer[];
  readonly merger: Merger;
};

async function addFrame(
  job: Job,
  { frame, codes, layers: all, merger }: Addition,
  whenLoaded: () => Promise<void>,
): Promise<void> {
  const { plan, pool } = job;
  const source = plan.frames.indexOf(frame);
  const layers = all.filter((layer) => layer.source === source);
  const loads = withView(layers, isView(plan.window, source));
  for (const [index, layer] of loads.entries()) {
    if (codes.data === null) continue;
    await load(job, { frame, data: codes.data }, merger.frame);
    if (index === loads.length - 1) await whenLoaded();
    if (layer === null) continue;
    if (layer.curve !== null) await bendFrame(pool, merger.frame, layer.curve);
    await merger.add(layer);
  }
  if (loads.length === 0) await whenLoaded();
}

type Loading = { readonly frame: FramePlan; readonly data: FrameCodes };

/** Brings a frame's codes into planes, onto the reference where it moved. */
async function load(job: Job, { frame, data }: Loading, into: YccRef): Promise<void> {
  const { width = 0, height = 0 } = job.headers[frame.frame] ?? {};
  const { left, top } = job.plan.area;
  const { toFrame } = frame;
  if (toFrame === null) await loadFrame(job.pool, { data, width, left, top }, into);
  else await loadMovedFrame(job.pool, { data, width, height, left, top, toFrame }, into);
}

/** What is decoded already comes first, unless it has to be the last because of a view. */
function aheadFirst(job: Job, order: readonly FramePlan[]): readonly FramePlan[] {
  const { window, frames } = job.plan;
  const ready = order.find(
    (frame) => job.ahead.has(job.frames[frame.frame]) && !isView(window, frames.indexOf(frame)),
  );
  return ready === undefined ? order : [ready, ...order.filter((frame) => frame !== ready)];
}

function takeOrDecode(job: Job, frame: FramePlan): Promise<FrameCodes> {
  const { input } = inputOf(job, frame);
  return job.ahead.take(input) ?? decode(job, frame);
}

/** Begins to decode. A failure waits for whoever awaits it, also when nobody ever does. */
function decode(job: Job, frame: FramePlan): Promise<FrameCodes> {
  const { input, header } = inputOf(job, frame);
  const codes = decodeFrame(input.bytes, input.name, header);
  codes.catch(() => undefined);
  return codes;
}

function inputOf(job: Job, { frame }: FramePlan): { input: InputFrame; header: FrameHeader } {
  const [input, header] = [job.frames[frame], job.headers[frame]];
  if (input === undefined || header === undefined)
    throw new EngineError('internal', 'An exposure of the plan does not exist.');
  return { input, header };
}
