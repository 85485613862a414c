import { lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { enlargePlane } from './enlarge-plane.ts';
import { findSegments, type Segment } from './segments.ts';
import { shrinkPlane } from './shrink-plane.ts';
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
  const evidence = linesOf(lumaOf(picture));
  known.set(picture, evidence);
  return evidence;
}

export function linesOf(luma: Plane): LineEvidence {
  const wanted = Math.sqrt((luma.width * luma.height) / ENOUGH_PIXELS);
  const factor = Math.max(1 / MOST_ENLARGED, wanted);
  const small = isNear(factor) ? luma : resized(luma, factor);
  const segments = findSegments(small);
  const diagonal = Math.hypot(small.width, small.height);
  const chains = traceEdges(small, segments, {
    segment: SHORTEST_SEGMENT * diagonal,
    chain: SHORTEST_CHAIN * diagonal,
  });
  if (small === luma) return { segments, chains };
  return {
    segments: segments.map(({ x1, y1, x2, y2 }) => ({
      x1: x1 * factor,
      y1: y1 * factor,
      x2: x2 * factor,
      y2: y2 * factor,
    })),
    chains: chains.map((chain) => ({
      ...chain,
      x: chain.x * factor,
      y: chain.y * factor,
      along: chain.along.map((value) => value * factor),
      aside: chain.aside.map((value) => value * factor),
    })),
  };
}

/** Not worth another copy. */
function isNear(factor: number): boolean {
  return factor > 0.9 && factor < 1.2;
}

/** A copy that is exactly `factor` times smaller, or larger where that is below 1. */
function resized(luma: Plane, factor: number): Plane {
  return factor > 1 ? shrinkPlane(luma, factor) : enlargePlane(luma, 1 / factor);
}
