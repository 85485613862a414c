import { createPlane, type Picture, type Plane, readLumaRow } from '../pixels/picture.ts';
import { enlargeRows } from './enlarge-plane.ts';
import type { Rows } from './resize-rows.ts';
import { findSegments, type Segment } from './segments.ts';
import { shrinkRows } from './shrink-plane.ts';
import { type EdgeChain, traceEdges } from './trace-edges.ts';

/** The straight edges of a picture: what tells about its lens and how it was held. */
export type LineEvidence = {
  readonly segments: readonly Segment[];
  /** The longest of them, followed point by point. */
  readonly chains: readonly EdgeChain[];
};

/** Shortest edges that are followed, and that are kept when followed; shares of the diagonal. */
const SHORTEST_SEGMENT = 0.04;
const SHORTEST_CHAIN = 0.12;

/** Pixels that are looked at: more make edges longer, but no straighter, and take longer to follow. */
const ENOUGH_PIXELS = 800_000;

/** Small pictures are enlarged up to this much: weak edges are found by how many pixels they have. */
const MOST_ENLARGED = 1.4;

/** Two steps ask about the same picture. */
const known = new WeakMap<Picture, LineEvidence>();

export function readLines(picture: Picture): LineEvidence {
  const before = known.get(picture);
  if (before !== undefined) return before;
  const { width, height } = picture;
  const read = (y: number, into: Float32Array): void => readLumaRow(picture, y, into);
  const evidence = linesOf({ width, height, read });
  known.set(picture, evidence);
  return evidence;
}

function linesOf(luma: Rows): LineEvidence {
  const wanted = Math.sqrt((luma.width * luma.height) / ENOUGH_PIXELS);
  const factor = Math.max(1 / MOST_ENLARGED, wanted);
  const { small, by } = resized(luma, factor);
  const segments = findSegments(small);
  const diagonal = Math.hypot(small.width, small.height);
  const chains = traceEdges(small, segments, {
    segment: SHORTEST_SEGMENT * diagonal,
    chain: SHORTEST_CHAIN * diagonal,
  });
  return {
    segments: segments.map((segment) => scaled(segment, by)),
    chains: chains.map((chain) => ({
      ...chain,
      x: chain.x * by,
      y: chain.y * by,
      along: chain.along.map((value) => value * by),
      aside: chain.aside.map((value) => value * by),
    })),
  };
}

function scaled({ x1, y1, x2, y2 }: Segment, by: number): Segment {
  return { x1: x1 * by, y1: y1 * by, x2: x2 * by, y2: y2 * by };
}

/** A copy that is `by` times smaller: exactly `factor`, or 1 where another copy is not worth it. */
function resized(luma: Rows, factor: number): { small: Plane; by: number } {
  if (factor > 0.9 && factor < 1.2) return { small: copied(luma), by: 1 };
  const small = factor > 1 ? shrinkRows(luma, factor) : enlargeRows(luma, 1 / factor);
  return { small, by: factor };
}

function copied({ width, height, read }: Rows): Plane {
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) read(y, plane.data.subarray(y * width, (y + 1) * width));
  return plane;
}
