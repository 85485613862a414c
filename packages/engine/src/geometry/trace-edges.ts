import type { Plane } from '../pixels/picture.ts';
import type { Segment } from './segments.ts';

/** An edge followed as far as it goes: how far it lies aside of a straight axis, every few pixels. */
export type EdgeChain = {
  /** A point of the axis and its unit direction, pixels. */
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  /** Pixels along the axis, and pixels aside of it (to the right of the direction, y down: clockwise). */
  readonly along: Float64Array;
  readonly aside: Float64Array;
};

/** Pixels between two places where the edge is looked at. */
const STRIDE = 2;

/** The edge is looked for this many pixels to either side of where it is expected. */
const REACH = 2;

/** It is lost after this many places without it. */
const PATIENCE = 5;

/** An edge weaker than this share of what it was at first is another edge. */
const FAINTEST = 0.35;

/** Side of the cells in which edges that were followed already are remembered. */
const CELL = 4;

/** Where the brightness changes most across a segment's direction, followed past both of its ends. */
export function traceEdges(
  luma: Plane,
  segments: readonly Segment[],
  shortest: { readonly segment: number; readonly chain: number },
): EdgeChain[] {
  const columns = Math.ceil(luma.width / CELL);
  const seen = new Uint8Array(columns * Math.ceil(luma.height / CELL));
  const cellOf = (x: number, y: number): number =>
    Math.floor(y / CELL) * columns + Math.floor(x / CELL);
  const chains: EdgeChain[] = [];
  for (const segment of longestFirst(segments, shortest.segment)) {
    const [x, y] = [(segment.x1 + segment.x2) / 2, (segment.y1 + segment.y2) / 2];
    if (seen[cellOf(x, y)] !== 0) continue;
    const chain = follow(luma, segment);
    const { along, aside, dx, dy } = chain;
    if (along.length < 8 || Math.abs((along.at(-1) ?? 0) - (along[0] ?? 0)) < shortest.chain)
      continue;
    for (let i = 0; i < along.length; i++) {
      const [t, o] = [along[i] as number, aside[i] as number];
      const cell = cellOf(chain.x + t * dx - o * dy, chain.y + t * dy + o * dx);
      if (cell >= 0 && cell < seen.length) seen[cell] = 1;
    }
    chains.push(chain);
  }
  return chains;
}

function longestFirst(segments: readonly Segment[], shortest: number): Segment[] {
  const lengthOf = ({ x1, y1, x2, y2 }: Segment): number => Math.hypot(x2 - x1, y2 - y1);
  return segments
    .filter((segment) => lengthOf(segment) >= shortest)
    .sort((a, b) => lengthOf(b) - lengthOf(a));
}

function follow(luma: Plane, { x1, y1, x2, y2 }: Segment): EdgeChain {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const axis = {
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
    dx: (x2 - x1) / length,
    dy: (y2 - y1) / length,
  };
  const before = walk(luma, axis, { stride: -STRIDE, half: length / 2 });
  const after = walk(luma, axis, { stride: STRIDE, half: length / 2 });
  const along = [...before.map(([t]) => t).reverse(), ...after.map(([t]) => t)];
  const aside = [...before.map(([, o]) => o).reverse(), ...after.map(([, o]) => o)];
  return { ...axis, along: Float64Array.from(along), aside: Float64Array.from(aside) };
}

type Axis = Pick<EdgeChain, 'x' | 'y' | 'dx' | 'dy'>;

/** One way from the middle of the segment: pairs of distance along and aside. */
function walk(
  luma: Plane,
  axis: Axis,
  way: { readonly stride: number; readonly half: number },
): [along: number, aside: number][] {
  const found: [number, number][] = [];
  let expected = 0;
  let slope = 0;
  let usual = 0;
  let missed = 0;
  const begin = way.stride > 0 ? 0 : 1;
  for (let i = begin; missed < PATIENCE; i++) {
    const t = i * way.stride;
    const peak = edgeAt(luma, axis, { t, expected: expected + slope * way.stride });
    if (peak === null) break;
    const strong = usual === 0 || peak.strength * Math.sign(usual) > FAINTEST * Math.abs(usual);
    if (!strong || Math.abs(peak.strength) < 0.012) {
      missed++;
      expected += slope * way.stride;
      continue;
    }
    missed = 0;
    const change = (peak.aside - expected) / way.stride;
    // The mean of what the edge did lately: a curve is followed, a jump to the next edge is not.
    slope += 0.08 * (change - slope);
    expected += 0.5 * (peak.aside - expected) + 0.5 * slope * way.stride;
    usual += (usual === 0 ? 1 : 0.05) * (peak.strength - usual);
    found.push([t, peak.aside]);
  }
  return found;
}

const profile = new Float64Array(2 * REACH + 3);

/** The strongest change across the axis near where it is expected; `null` outside of the picture. */
function edgeAt(
  luma: Plane,
  { x, y, dx, dy }: Axis,
  at: { readonly t: number; readonly expected: number },
): { aside: number; strength: number } | null {
  const [px, py] = [x + at.t * dx, y + at.t * dy];
  for (let i = 0; i < profile.length; i++) {
    const aside = at.expected + i - REACH - 1;
    const value = brightnessAt(luma, px - aside * dy, py + aside * dx);
    if (value < 0) return null;
    profile[i] = value;
  }
  let best = 1;
  let most = 0;
  for (let i = 1; i < profile.length - 1; i++) {
    const change = Math.abs((profile[i + 1] as number) - (profile[i - 1] as number));
    if (change > most) [best, most] = [i, change];
  }
  if (best < 2 || best > profile.length - 3) return { aside: at.expected, strength: 0 };
  const changeAt = (i: number): number =>
    Math.abs((profile[i + 1] as number) - (profile[i - 1] as number));
  const [left, right] = [changeAt(best - 1), changeAt(best + 1)];
  const bend = left + right - 2 * most;
  const shift = bend < 0 ? (0.5 * (left - right)) / bend : 0;
  const strength = (profile[best + 1] as number) - (profile[best - 1] as number);
  return { aside: at.expected + best - REACH - 1 + shift, strength };
}

/** Bilinear; below 0 outside of the picture. */
function brightnessAt({ width, height, data }: Plane, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return -1;
  const [across, down] = [x - 0.5 - left, y - 0.5 - top];
  const at = top * width + left;
  const upper = (data[at] as number) * (1 - across) + (data[at + 1] as number) * across;
  const lower =
    (data[at + width] as number) * (1 - across) + (data[at + width + 1] as number) * across;
  return upper * (1 - down) + lower * down;
}
