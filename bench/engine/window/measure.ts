import { ciede2000, srgbToLab } from '../../../packages/engine/src/color/ciede2000.ts';
import {
  createPlane,
  lumaOf,
  type Picture,
  type Plane,
} from '../../../packages/engine/src/pixels/picture.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';
import { meanOf } from './bracket.ts';
import type { Corner } from './scenes.ts';

/** What is measured about the windows of one photo. */
export type WindowFigures = {
  /** Share of the picture that is window, 0..1. */
  readonly share: number;
  /** Share of the window at or above 250 of 255. */
  readonly blown: number;
  /** Mean luma of the window, 0..255. */
  readonly mean: number;
  /** Correlation of gradients with the exposure that shows the window best. */
  readonly gradients: number;
  /** Mean dE00 against the photo without the pull, more than 24 px away from windows. */
  readonly roomChange: number;
  /** Largest mean brightening or darkening (L*) of a ring of the room around the windows. */
  readonly halo: number;
};

const RING = 24;
const BAND = 3;

export type Bracket = {
  readonly overviews: readonly Overview[];
  readonly fused: Picture;
  readonly glass: readonly (readonly Corner[])[];
};

/** reference/photos.md 6.5: clipped in the room exposure, recoverable in a darker one. */
export function measureWindow(
  { overviews, fused, glass }: Bracket,
  result: Picture,
  behindGlass: boolean,
): WindowFigures {
  const room = roomIndex(overviews);
  const blownParts = windowOf(overviews, room);
  const outlines = filled(glass, blownParts);
  const window = behindGlass ? product(blownParts, outlines) : blownParts;
  const [before, after] = [lumaOf(fused), lumaOf(result)];
  let [count, blown, sum] = [0, 0, 0];
  for (let i = 0; i < window.data.length; i++) {
    if (window.data[i] === 0) continue;
    const value = (after.data[i] as number) * 255;
    count++;
    sum += value;
    if (value >= 250) blown++;
  }
  const best = bestLook(overviews.slice(0, room), window);
  const outside = distanceTo(either(outlines, window));
  return {
    share: count / window.data.length,
    blown: blown / count,
    mean: sum / count,
    gradients: correlate(best.luma, after, window),
    roomChange: roomChange(fused, result, outside),
    halo: halo(before, after, { distance: distanceTo(outlines), blown: blownParts }),
  };
}

function roomIndex(overviews: readonly Overview[]): number {
  const distances = overviews.map((overview) => Math.abs(meanOf(overview) - 0.47));
  return distances.indexOf(Math.min(...distances));
}

function windowOf(overviews: readonly Overview[], room: number): Plane {
  const { width, height, data } = (overviews[room] as Overview).luma;
  const window = createPlane(width, height);
  for (let i = 0; i < data.length; i++) {
    if ((data[i] as number) * 255 < 250) continue;
    for (let k = 0; k < room; k++) {
      const value = ((overviews[k] as Overview).luma.data[i] as number) * 255;
      if (value > 30 && value < 230) window.data[i] = 1;
    }
  }
  return dilated(eroded(window, 2), 2);
}

function bestLook(looks: readonly Overview[], window: Plane): Overview {
  const shown = looks.map(({ luma }) => {
    let count = 0;
    for (let i = 0; i < window.data.length; i++) {
      const value = (luma.data[i] as number) * 255;
      if (window.data[i] === 1 && value > 30 && value < 230) count++;
    }
    return count;
  });
  return looks[shown.indexOf(Math.max(...shown))] as Overview;
}

/** Pearson correlation of the differences across and down, taken together. */
function correlate(a: Plane, b: Plane, where: Plane): number {
  const { width, height } = where;
  const sums = { n: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (let i = 0; i < where.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (where.data[i] === 0 || x < 1 || y < 1 || x > width - 2 || y > height - 2) continue;
    for (const step of [1, width]) {
      const p = (a.data[i + step] as number) - (a.data[i - step] as number);
      const q = (b.data[i + step] as number) - (b.data[i - step] as number);
      sums.n++;
      sums.a += p;
      sums.b += q;
      sums.aa += p * p;
      sums.bb += q * q;
      sums.ab += p * q;
    }
  }
  const { n } = sums;
  const covariance = sums.ab - (sums.a * sums.b) / n;
  return covariance / Math.sqrt((sums.aa - sums.a ** 2 / n) * (sums.bb - sums.b ** 2 / n));
}

function roomChange(fused: Picture, result: Picture, distance: Plane): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < distance.data.length; i++) {
    if ((distance.data[i] as number) <= RING) continue;
    count++;
    const at = 3 * i;
    if (same(fused, result, at)) continue;
    sum += ciede2000(labAt(fused, at), labAt(result, at));
  }
  return sum / count;
}

function same(a: Picture, b: Picture, at: number): boolean {
  return (
    a.data[at] === b.data[at] &&
    a.data[at + 1] === b.data[at + 1] &&
    a.data[at + 2] === b.data[at + 2]
  );
}

function labAt({ data }: Picture, at: number) {
  return srgbToLab(
    (data[at] as number) / 65535,
    (data[at + 1] as number) / 65535,
    (data[at + 2] as number) / 65535,
  );
}

/** Bands of 3 px around the windows, dark parts of their view filled in: each one's mean change. */
function halo(
  before: Plane,
  after: Plane,
  { distance, blown }: { readonly distance: Plane; readonly blown: Plane },
): number {
  const bands = Array.from({ length: RING / BAND }, () => ({ sum: 0, count: 0 }));
  for (let i = 0; i < distance.data.length; i++) {
    const away = distance.data[i] as number;
    const band = bands[Math.ceil(away / BAND) - 1];
    if (away === 0 || band === undefined || blown.data[i] === 1) continue;
    band.sum += lightness(after.data[i] as number) - lightness(before.data[i] as number);
    band.count++;
  }
  return Math.max(...bands.map(({ sum, count }) => (count > 0 ? Math.abs(sum / count) : 0)));
}

function lightness(encoded: number): number {
  return srgbToLab(encoded, encoded, encoded)[0];
}

function product(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value * (b.data[i] as number)) };
}

function either(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => Math.max(value, b.data[i] as number)) };
}

/** 1 inside any of the outlines. */
function filled(outlines: readonly (readonly Corner[])[], { width, height }: Plane): Plane {
  const mask = createPlane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (outlines.some((corners) => isInside(corners, (x + 0.5) / width, (y + 0.5) / height)))
        mask.data[y * width + x] = 1;
  return mask;
}

/** Even-odd rule. */
function isInside(corners: readonly Corner[], x: number, y: number): boolean {
  let inside = false;
  for (const [index, [x1, y1]] of corners.entries()) {
    const [x2, y2] = corners[(index + 1) % corners.length] as Corner;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

function dilated(mask: Plane, radius: number): Plane {
  return spread(mask, radius, Math.max);
}

function eroded(mask: Plane, radius: number): Plane {
  return spread(mask, radius, Math.min);
}

function spread(mask: Plane, radius: number, pick: (a: number, b: number) => number): Plane {
  let { data } = mask;
  const { width, height } = mask;
  for (const step of [1, width]) {
    const next = data.slice();
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const [place, size] = step === 1 ? [x, width] : [y, height];
        let value = data[at] as number;
        for (let d = -Math.min(radius, place); d <= Math.min(radius, size - 1 - place); d++)
          value = pick(value, data[at + d * step] as number);
        next[at] = value;
      }
    }
    data = next;
  }
  return { width, height, data };
}

/** Chessboard distance in pixels to the nearest set pixel; 0 inside. */
function distanceTo(mask: Plane): Plane {
  const { width, height } = mask;
  const distance = createPlane(width, height);
  for (let i = 0; i < mask.data.length; i++)
    distance.data[i] = mask.data[i] === 1 ? 0 : width + height;
  const relax = (at: number, from: number) => {
    const next = (distance.data[from] as number) + 1;
    if (next < (distance.data[at] as number)) distance.data[at] = next;
  };
  for (const order of [1, -1]) {
    for (let row = 0; row < height; row++) {
      const y = order === 1 ? row : height - 1 - row;
      for (let column = 0; column < width; column++) {
        const x = order === 1 ? column : width - 1 - column;
        const at = y * width + x;
        const behind = y - order;
        if (x - order >= 0 && x - order < width) relax(at, at - order);
        if (behind < 0 || behind >= height) continue;
        for (const side of [-1, 0, 1])
          if (x + side >= 0 && x + side < width) relax(at, behind * width + x + side);
      }
    }
  }
  return distance;
}
