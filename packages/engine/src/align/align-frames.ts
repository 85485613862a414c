import type { FrameSource } from '../pixels/frame-source.ts';
import { readSourceLumaRow } from '../pixels/frame-source.ts';
import { meanOf } from '../pixels/measure.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { proxyOf } from '../pixels/proxy.ts';
import { findShift } from './find-shift.ts';
import type { Shift } from './median-bitmap.ts';

/** Levels of the search on the small copies (31 of their pixels) and on the full-size patch. */
const PROXY_LEVELS = 5;
const PATCH_LEVELS = 4;

/** Side in pixels of the full-size patch that refines the shift. */
const PATCH = 1280;

/** A shift is believed only when the frames fit better by this much than without it. */
const NEEDED_GAIN = 0.02;

/** Edges that agree less belong to different views, or to frames too dark or bright to tell. */
const LEAST_EDGES = 0.08;

export type Alignment = {
  /** Per frame: where the reference's pixel (x, y) lies in it, relative to (x, y). */
  readonly shifts: readonly Shift[];
  /** Indices of frames whose position could not be told; they keep a neighbour's shift. */
  readonly unsure: readonly number[];
};

/**
 * Measures how far each frame is off the reference. Frames are compared with the neighbour in
 * brightness, because distant exposures share too little, and the shifts are added up.
 */
export function measureShifts(sources: readonly FrameSource[], referenceIndex: number): Alignment {
  const proxies = sources.map(proxyOf);
  const order = proxies
    .map((proxy, index) => ({ index, mean: meanOf(proxy) }))
    .sort((a, b) => a.mean - b.mean || a.index - b.index)
    .map(({ index }) => index);
  const centre = order.indexOf(referenceIndex);
  const shifts: Shift[] = sources.map(() => ({ x: 0, y: 0 }));
  const unsure: number[] = [];
  const walk = (from: number, to: number): void => {
    const [near, far] = [order[from], order[to]];
    if (near === undefined || far === undefined) return;
    const step = shiftBetween({ sources, proxies }, near, far);
    if (step === null) unsure.push(far);
    const base = shifts[near] ?? { x: 0, y: 0 };
    shifts[far] = { x: base.x + (step?.x ?? 0), y: base.y + (step?.y ?? 0) };
  };
  for (let i = centre; i > 0; i--) walk(i, i - 1);
  for (let i = centre; i + 1 < order.length; i++) walk(i, i + 1);
  return { shifts, unsure };
}

/** The windows that all frames share once shifted; what only some of them saw is cut off. */
export function applyShifts(
  sources: readonly FrameSource[],
  shifts: readonly Shift[],
): FrameSource[] {
  const xs = shifts.map((shift) => shift.x);
  const ys = shifts.map((shift) => shift.y);
  const [left, top] = [-Math.min(...xs), -Math.min(...ys)];
  return sources.map((source, index) => ({
    ...source,
    offsetX: source.offsetX + left + (xs[index] ?? 0),
    offsetY: source.offsetY + top + (ys[index] ?? 0),
    width: source.width - (Math.max(...xs) + left),
    height: source.height - (Math.max(...ys) + top),
  }));
}

type Frames = { readonly sources: readonly FrameSource[]; readonly proxies: readonly Plane[] };

/** Whole full-size pixels; zero when shifting gains nothing, `null` when the frames hardly match. */
function shiftBetween(frames: Frames, near: number, far: number): Shift | null {
  const [reference, other] = [frames.proxies[near], frames.proxies[far]];
  const [nearSource, farSource] = [frames.sources[near], frames.sources[far]];
  if (!reference || !other || !nearSource || !farSource) return null;
  const coarse = findShift({ reference, other }, PROXY_LEVELS).best.shift;
  const factor = Math.round(nearSource.width / reference.width);
  const start = { x: coarse.x * factor, y: coarse.y * factor };
  const patches = { reference: patchOf(nearSource), other: patchOf(farSource) };
  const { best, unshifted } = findShift(patches, PATCH_LEVELS, start);
  if (best.edges < LEAST_EDGES) return null;
  return best.score > unshifted.score + NEEDED_GAIN ? best.shift : { x: 0, y: 0 };
}

function patchOf(source: FrameSource): Plane {
  const patch = createPlane(Math.min(PATCH, source.width), Math.min(PATCH, source.height));
  const left = (source.width - patch.width) >> 1;
  const top = (source.height - patch.height) >> 1;
  const row = new Float32Array(source.width);
  for (let y = 0; y < patch.height; y++) {
    readSourceLumaRow(source, top + y, row);
    patch.data.set(row.subarray(left, left + patch.width), y * patch.width);
  }
  return patch;
}
