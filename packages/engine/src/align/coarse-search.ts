import type { Plane } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import { moved } from './homography.ts';
import type { Spot } from './track.ts';

type Shift = { readonly x: number; readonly y: number };

/** Farthest translation that is looked for, as a share of the long side. */
const FARTHEST = 0.08;

/** Peaks this many pixels apart are two answers. */
const DISTINCT = 3;

type Pair = { readonly reference: Plane; readonly frame: Plane };

/**
 * Translations at which two sketches agree best, the best first, at most `count`: whole pixels, where
 * the reference's (x, y) lies in the frame relative to (x, y).
 */
export function likelyShifts({ reference, frame }: Pair, count: number): Shift[] {
  const reach = Math.max(3, Math.ceil(FARTHEST * Math.max(reference.width, reference.height)));
  const side = 2 * reach + 1;
  const scores = new Float64Array(side * side);
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++)
      scores[(dy + reach) * side + dx + reach] = likeness({ reference, frame }, dx, dy);
  const order = Array.from(scores.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
  const peaks: Shift[] = [];
  for (const at of order) {
    const shift = { x: (at % side) - reach, y: Math.floor(at / side) - reach };
    if (
      peaks.every(({ x, y }) => Math.max(Math.abs(x - shift.x), Math.abs(y - shift.y)) >= DISTINCT)
    )
      peaks.push(shift);
    if (peaks.length === count) break;
  }
  return peaks;
}

/** Sum of products over every second row and column of the overlap: sketches are smooth enough for that. */
function likeness({ reference, frame }: Pair, dx: number, dy: number): number {
  const left = Math.max(0, -dx);
  const right = Math.min(reference.width, frame.width - dx);
  const bottom = Math.min(reference.height, frame.height - dy);
  const [a, b] = [reference.data, frame.data];
  let sum = 0;
  for (let y = Math.max(0, -dy); y < bottom; y += 2) {
    const here = y * reference.width;
    const there = (y + dy) * frame.width + dx;
    for (let x = left; x < right; x += 2) sum += (a[here + x] as number) * (b[there + x] as number);
  }
  return sum;
}

export type TileSearch = Pair & {
  readonly guess: Homography;
  /** Half the side of a tile, and how far beside the guess it is looked for, in pixels. */
  readonly radius: number;
  readonly reach: number;
  /** From tile to tile, in pixels. */
  readonly spacing: number;
};

/** Tiles with less structure than this (mean square of the sketch) cannot be found. */
const LEAST_STRUCTURE = 0.08;

/** Finds each tile of a regular grid to a whole pixel, by the correlation coefficient. */
export function searchTiles(search: TileSearch): Spot[] {
  const { reference, radius, spacing } = search;
  const spots: Spot[] = [];
  const margin = radius + 2;
  for (
    let y = margin + (((reference.height - 2 * margin) % spacing) >> 1);
    y < reference.height - margin;
    y += spacing
  ) {
    for (
      let x = margin + (((reference.width - 2 * margin) % spacing) >> 1);
      x < reference.width - margin;
      x += spacing
    ) {
      const spot = searchTile(search, x, y);
      if (spot !== null) spots.push(spot);
    }
  }
  return spots;
}

function searchTile(search: TileSearch, x: number, y: number): Spot | null {
  const { reference, frame, guess, radius, reach } = search;
  const area = (2 * radius + 1) ** 2;
  if (energyAt(reference, { x, y, radius }) < LEAST_STRUCTURE * area) return null;
  const at = moved(guess, x + 0.5, y + 0.5);
  const [nearX, nearY] = [Math.floor(at.x), Math.floor(at.y)];
  let [best, bestX, bestY] = [0, 0, 0];
  for (let dy = -reach; dy <= reach; dy++) {
    const toY = nearY + dy;
    if (toY < radius || toY >= frame.height - radius) continue;
    for (let dx = -reach; dx <= reach; dx++) {
      const toX = nearX + dx;
      if (toX < radius || toX >= frame.width - radius) continue;
      const score = correlate(search, { x, y, toX, toY });
      if (score > best) [best, bestX, bestY] = [score, toX, toY];
    }
  }
  if (best <= 0) return null;
  return { x: x + 0.5, y: y + 0.5, dx: bestX + 0.5 - at.x, dy: bestY + 0.5 - at.y };
}

function energyAt(
  plane: Plane,
  { x, y, radius }: { x: number; y: number; radius: number },
): number {
  let sum = 0;
  for (let j = y - radius; j <= y + radius; j++)
    for (let at = j * plane.width + x - radius; at <= j * plane.width + x + radius; at++)
      sum += (plane.data[at] as number) ** 2;
  return sum;
}

type Places = {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
};

/** Sketches have no local mean, so products alone tell the likeness. */
function correlate({ reference, frame, radius }: TileSearch, { x, y, toX, toY }: Places): number {
  const [a, b] = [reference.data, frame.data];
  let [cross, square] = [0, 1e-6];
  for (let j = -radius; j <= radius; j++) {
    const here = (y + j) * reference.width + x;
    const there = (toY + j) * frame.width + toX;
    for (let i = -radius; i <= radius; i++) {
      const value = b[there + i] as number;
      cross += value * (a[here + i] as number);
      square += value * value;
    }
  }
  return cross / Math.sqrt(square);
}
