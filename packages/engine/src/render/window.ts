import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import type { FramePlan } from '../plan/plan.ts';
import { readTable, type WindowMask, type WindowPlan } from '../window/window-plan.ts';
import { ONE, type PlaneRef, takeYcc, type YccRef } from './planes.ts';

/** Bytes from one table of the kernel to the next. */
const TABLE_BYTES = 16_400;

/** Tables of factors on chroma, which may be up to 4. */
const CHROMA_ONE = ONE / 4;

/**
 * The part of a view's darker exposure that its mask covers, kept while the other exposures are loaded.
 * Its memory ends with the arena's mark before it.
 */
export type KeptView = { readonly planes: YccRef; readonly left: number; readonly top: number };

/**
 * The frames in the order to load them in: those that show a view come last, the darkest of them
 * first, so that the pixels of the last one are still there when the window is pulled.
 */
export function viewsLast(
  frames: readonly FramePlan[],
  plan: WindowPlan | null,
): readonly FramePlan[] {
  const sources = plan?.views.map(({ source }) => source) ?? [];
  const rank = (frame: FramePlan) => sources.indexOf(frames.indexOf(frame));
  return [...frames].sort((a, b) => rank(a) - rank(b));
}

/** Whether a frame of the plan shows a view. */
export function isView(plan: WindowPlan | null, source: number): boolean {
  return plan?.views.some((view) => view.source === source) ?? false;
}

/** The frames that are worth decoding: those with a layer in the fusion, and those that show a view. */
export function framesInUse(
  frames: readonly FramePlan[],
  layers: readonly { readonly source: number }[],
  plan: WindowPlan | null,
): ReadonlySet<FramePlan> {
  const isUsed = (source: number): boolean =>
    isView(plan, source) || layers.some((layer) => layer.source === source);
  return new Set(frames.filter((_, source) => isUsed(source)));
}

/**
 * The layers that a frame is loaded for, one after the other. A frame that shows a view is there as it
 * was taken in the end, so it is loaded once more (`null`) if no layer leaves it like that: it may have
 * none when the fusion does without it, or be bent by the last one.
 */
export function withView<T extends { readonly curve: Float32Array | null }>(
  layers: readonly T[],
  showsView: boolean,
): readonly (T | null)[] {
  const isThere = layers.at(-1)?.curve === null;
  return showsView && !isThere ? [...layers, null] : layers;
}

/** Copies what the window needs of its darker exposure, while that is loaded. */
export function keepView(pool: Pool, frame: YccRef, { mask }: WindowPlan): KeptView {
  const area = areaOf(mask, frame.y);
  const planes = takeYcc(pool.arena, area.width, area.height);
  const half = { left: area.left / 2, top: area.top / 2 };
  copyPart(pool.arena, planes.y, { ...area, plane: frame.y });
  copyPart(pool.arena, planes.cb, { ...half, plane: frame.cb });
  copyPart(pool.arena, planes.cr, { ...half, plane: frame.cr });
  return { planes, left: area.left, top: area.top };
}

/** The mask's part of a photo, in pixels from even ones on. */
function areaOf({ left, top, scale, base }: WindowMask, { width, height }: PlaneRef) {
  const [x, y] = [2 * Math.floor((left * scale) / 2), 2 * Math.floor((top * scale) / 2)];
  return {
    left: x,
    top: y,
    width: Math.min(width, (left + base.width) * scale) - x,
    height: Math.min(height, (top + base.height) * scale) - y,
  };
}

type Part = { readonly plane: PlaneRef; readonly left: number; readonly top: number };

function copyPart(arena: Arena, into: PlaneRef, { plane, left, top }: Part): void {
  for (let y = 0; y < into.height; y++) {
    const row = arena.int16(plane.address + (top + y) * plane.stride + 2 * left, into.width);
    arena.int16(into.address + y * into.stride, into.width).set(row);
  }
}

/** The exposures of a view at full size. */
export type Views = {
  /** The last of the plan's views: all of it. */
  readonly upper: YccRef;
  /** The first of two. */
  readonly lower: KeptView | null;
};

/** Gives the full-size photo its views, in place, as `applyWindow` does the small one. */
export async function pullWindow(
  pool: Pool,
  plan: WindowPlan,
  { photo, upper, lower }: Views & { readonly photo: YccRef },
): Promise<void> {
  const { arena } = pool;
  const { y, cb, cr } = photo;
  const { mask, views } = plan;
  const mark = arena.take(0);
  const maps = placeMaps(arena, mask);
  const tables = placeTables(arena, plan);
  const [castCb, castCr] = views[0]?.cast ?? [0, 0];
  const dark = lower?.planes;
  await pool.strips(cb, (from, to) => [
    'window.pull',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[upper.y.address, upper.y.stride, upper.cb.address, upper.cr.address, upper.cb.stride],
    ...[dark?.y.address ?? 0, dark?.y.stride ?? 0, dark?.cb.address ?? 0, dark?.cr.address ?? 0],
    ...[dark?.cb.stride ?? 0, lower?.left ?? 0, lower?.top ?? 0],
    ...[maps, mask.base.width, mask.base.height, mask.left * mask.scale, mask.top * mask.scale],
    ...[Math.log2(mask.scale), tables, castCb, castCr],
    ...[Math.round((views.at(-1)?.floor ?? 0) * ONE), from, to],
  ]);
  arena.release(mark);
}

/** The mask's coefficients as floats. */
function placeMaps(arena: Arena, { viewSlope, roomSlope, base }: WindowMask): number {
  const { length } = base.data;
  const address = arena.take(3 * length * 4);
  for (const [index, plane] of [viewSlope, roomSlope, base].entries())
    arena.float32(address + index * length * 4, length).set(plane.data);
  return address;
}

/** Every table as samples by samples, so that the kernel looks values up without a thought. */
function placeTables(arena: Arena, { views, hold }: WindowPlan): number {
  const [lower, upper] = [views[0], views.at(-1)];
  const tables = [
    { table: upper?.luma, one: ONE },
    { table: upper?.chroma, one: CHROMA_ONE },
    { table: upper?.share, one: ONE },
    { table: lower?.luma, one: ONE },
    { table: lower?.chroma, one: CHROMA_ONE },
    { table: hold.luma, one: ONE },
    { table: hold.share, one: ONE },
  ];
  const address = arena.take(tables.length * TABLE_BYTES);
  for (const [index, { table, one }] of tables.entries()) {
    const samples = arena.int16(address + index * TABLE_BYTES, ONE + 1);
    if (table === undefined) continue;
    for (let i = 0; i <= ONE; i++) samples[i] = Math.round(readTable(table, i / ONE) * one);
  }
  return address;
}
