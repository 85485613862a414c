import { lumaOf, type Picture } from '../pixels/picture.ts';
import { findSegments, type Segment } from './segments.ts';
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

/** Two steps ask about the same picture. */
const known = new WeakMap<Picture, LineEvidence>();

export function readLines(picture: Picture): LineEvidence {
  const before = known.get(picture);
  if (before !== undefined) return before;
  const luma = lumaOf(picture);
  const segments = findSegments(luma);
  const diagonal = Math.hypot(luma.width, luma.height);
  const chains = traceEdges(luma, segments, {
    segment: SHORTEST_SEGMENT * diagonal,
    chain: SHORTEST_CHAIN * diagonal,
  });
  const evidence = { segments, chains };
  known.set(picture, evidence);
  return evidence;
}
