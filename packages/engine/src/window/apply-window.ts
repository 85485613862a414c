import {
  LUMA_B,
  LUMA_G,
  LUMA_R,
  type Picture,
  type Plane,
  readLumaRow,
} from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { composedLuma, type Layer } from './compose-view.ts';
import {
  HOLD_FROM,
  HOLD_FULL,
  type Hold,
  readTable,
  type WindowMask,
  type WindowPlan,
} from './window-plan.ts';

/**
 * Carries the plan out on the overviews it was made for. The plain form of the kernels in
 * render/window.ts.
 * @param photo the merged photo, as large as the overviews
 */
export function applyWindow(
  photo: Picture,
  overviews: readonly Overview[],
  plan: WindowPlan,
): Picture {
  const layers = plan.views.map((view) => {
    const overview = overviews[view.source];
    if (overview === undefined) throw new RangeError(`no exposure ${view.source} for the window`);
    const [castBlue, castRed] = [1.8556 * view.cast[0], 1.5748 * view.cast[1]];
    return { from: overview.luma, picture: overview.picture, view, castRed, castBlue };
  });
  const [first] = overviews;
  if (first === undefined || layers.length === 0)
    throw new RangeError('a window needs an exposure of its view');
  const { width, height } = photo;
  const result: Picture = { width, height, data: photo.data.slice() };
  const [before, shown] = [new Float32Array(width), new Float32Array(width)];
  const shares = new Float32Array(width);
  const mask = createMaskReader(plan.mask, { width, height, scale: first.scale });
  const rows: Rows = { layers, hold: plan.hold, before, shown, shares };
  for (let y = 0; y < height; y++) {
    readLumaRow(photo, y, before);
    shares.fill(0);
    if (mask.read(y)) shareRow(rows, mask, y * width);
    changeRow(result.data, rows, y * width);
  }
  return result;
}

type PictureLayer = Layer & {
  readonly picture: Picture;
  /** What is taken off red and blue for each luma. */
  readonly castRed: number;
  readonly castBlue: number;
};

/** What is needed to change a row, and the row. */
type Rows = {
  /** The darkest exposure of the view first. */
  readonly layers: readonly PictureLayer[];
  readonly hold: Hold;
  /** Luma of the photo and, where there is a mask, of the view, 0..1. */
  readonly before: Float32Array;
  readonly shown: Float32Array;
  /** The mask. */
  readonly shares: Float32Array;
};

/** @param from index of the row's first pixel */
function shareRow({ layers, before, shown, shares }: Rows, mask: MaskReader, from: number): void {
  const { left, right, viewSlope, roomSlope, base, active, cells, ways } = mask;
  for (let x = left; x < right; x++) {
    const cell = cells[x - left] as number;
    if (active[cell] === 0) continue;
    const way = ways[x - left] as number;
    const rest = between(base, cell, way);
    const byView = between(viewSlope, cell, way);
    const byRoom = between(roomSlope, cell, way);
    const view = composedLuma(layers, from + x);
    const share = byView * view + byRoom * (before[x] as number) + rest;
    shown[x] = view;
    shares[x] = share < 0 ? 0 : share > 1 ? 1 : share;
  }
}

function between(values: Float32Array, cell: number, way: number): number {
  const value = values[cell] as number;
  return value + way * ((values[cell + 1] as number) - value);
}

function changeRow(data: Uint16Array, rows: Rows, from: number): void {
  const { layers, hold, before, shown, shares } = rows;
  const look = (layers.at(-1) as PictureLayer).from.data;
  for (let x = 0; x < before.length; x++) {
    const luma = before[x] as number;
    const share = shares[x] as number;
    if (share === 0 && luma <= HOLD_FROM) continue;
    const at = from + x;
    // By how much red and blue of the view are more than its luma.
    let redder = 0;
    let bluer = 0;
    for (let k = 0; share > 0 && k < layers.length; k++) {
      const { from: lumas, picture, view, castRed, castBlue } = layers[k] as PictureLayer;
      const own = lumas.data[at] as number;
      const red = (picture.data[3 * at] as number) / 65535 - own;
      const blue = (picture.data[3 * at + 2] as number) / 65535 - own;
      const over = readTable(view.share, own);
      const gain = readTable(view.chroma, own);
      redder += over * (gain * (red - castRed * own) - redder);
      bluer += over * (gain * (blue - castBlue * own) - bluer);
    }
    const view = shown[x] as number;
    const greener = -(LUMA_R * redder + LUMA_B * bluer) / LUMA_G;
    const kept = 1 - share;
    const held = kept * heldBy(hold, luma, look[at] as number);
    const i = 3 * at;
    data[i] = code(kept * (data[i] as number) + (share * (view + redder) + held) * 65535);
    data[i + 1] = code(kept * (data[i + 1] as number) + (share * (view + greener) + held) * 65535);
    data[i + 2] = code(kept * (data[i + 2] as number) + (share * (view + bluer) + held) * 65535);
  }
}

/** To be cut to a whole number. */
function code(value: number): number {
  return (value < 0 ? 0 : value > 65535 ? 65535 : value) + 0.5;
}

/** By how much luma changes where a highlight of the room is held; 0 or less. */
function heldBy(hold: Hold, before: number, look: number): number {
  if (before <= HOLD_FROM) return 0;
  const bright = Math.min(1, (before - HOLD_FROM) / (HOLD_FULL - HOLD_FROM));
  return Math.min(0, readTable(hold.luma, look) - before) * bright * readTable(hold.share, look);
}

/** A row of the mask's coefficients, and which of them the columns from `left` up to `right` lie between. */
type MaskReader = {
  readonly left: number;
  readonly right: number;
  readonly viewSlope: Float32Array;
  readonly roomSlope: Float32Array;
  readonly base: Float32Array;
  /** 0 where the mask is 0 from a coefficient to the next one, whatever the pixel. */
  readonly active: Uint8Array;
  /** For each column the coefficient before it, and its share of the way to the next one. */
  readonly cells: Int32Array;
  readonly ways: Float32Array;
  /** Goes to a row of the photo. @returns whether the mask covers any of it */
  readonly read: (y: number) => boolean;
};

type Size = { readonly width: number; readonly height: number; readonly scale: number };

function createMaskReader(mask: WindowMask, photo: Size): MaskReader {
  const factor = mask.scale / photo.scale;
  const [left, top] = [mask.left * factor, mask.top * factor];
  const { width, height } = mask.base;
  // One more, so that there is a next one to the last.
  const create = () => new Float32Array(width + 1);
  const rows = { viewSlope: create(), roomSlope: create(), base: create() };
  const active = new Uint8Array(width);
  const cells = new Int32Array(width * factor);
  const ways = new Float32Array(width * factor);
  for (let x = 0; x < cells.length; x++) {
    const place = Math.min(width - 1, Math.max(0, (x + 0.5) / factor - 0.5));
    cells[x] = Math.floor(place);
    ways[x] = place - Math.floor(place);
  }
  return {
    ...{ left, right: Math.min(photo.width, left + cells.length), ...rows },
    ...{ active, cells, ways },
    read: (y) => {
      const isCovered = y >= top && y < top + height * factor;
      const place = (y - top + 0.5) / factor - 0.5;
      for (const key of ['viewSlope', 'roomSlope', 'base'] as const)
        if (isCovered) mixRows(mask[key], place, rows[key]);
      if (isCovered) markActive(active, rows);
      return isCovered;
    },
  };
}

type Coefficients = Pick<MaskReader, 'viewSlope' | 'roomSlope' | 'base'>;

function markActive(active: Uint8Array, { viewSlope, roomSlope, base }: Coefficients): void {
  const last = active.length - 1;
  let isNextFlat = true;
  for (let x = last; x >= 0; x--) {
    const isFlat = (base[x] as number) <= 0 && viewSlope[x] === 0 && roomSlope[x] === 0;
    active[x] = isFlat && isNextFlat ? 0 : 1;
    isNextFlat = isFlat;
  }
}

/** The row at a height between the centres of two. */
function mixRows({ width, height, data }: Plane, place: number, into: Float32Array): void {
  const at = Math.min(height - 1, Math.max(0, place));
  const above = Math.floor(at) * width;
  const below = Math.min(height - 1, Math.floor(at) + 1) * width;
  const way = at - Math.floor(at);
  for (let x = 0; x < width; x++) {
    const value = data[above + x] as number;
    into[x] = value + way * ((data[below + x] as number) - value);
  }
}
