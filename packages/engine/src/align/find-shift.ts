import type { Plane } from '../pixels/picture.ts';
import { gaussianPyramid } from '../pixels/pyramid.ts';
import { type EdgeMap, edgeAgreement, edgeMap } from './edge-map.ts';
import { disagreement, type MedianBitmap, medianBitmap, type Shift } from './median-bitmap.ts';

/** How well two exposures fit at one shift. */
export type Fit = {
  readonly shift: Shift;
  /** Correlation of the edges, -1..1. */
  readonly edges: number;
  /** Edges minus disagreement of the median bitmaps; higher is better. */
  readonly score: number;
};

/** What both exposures look like at one size. */
type Level = { readonly bitmap: MedianBitmap; readonly edges: EdgeMap };

const STEPS = [-1, 0, 1] as const;
const LONGEST_WALK = 4;

/**
 * Finds the whole-pixel translation between two exposures, coarse to fine; at every level the
 * shift of the coarser one is doubled and moved by a few pixels at most.
 * @param levels of the search; shifts of at least 2^levels - 1 pixels around `start` are found
 * @param start where to begin, in pixels of the planes
 */
export function findShift(
  planes: { readonly reference: Plane; readonly other: Plane },
  levels: number,
  start: Shift = { x: 0, y: 0 },
): { best: Fit; unshifted: Fit } {
  const references = gaussianPyramid(planes.reference, levels).map(levelOf);
  const others = gaussianPyramid(planes.other, levels).map(levelOf);
  const coarsest = 2 ** levels;
  let shift = { x: Math.round(start.x / coarsest), y: Math.round(start.y / coarsest) };
  const still: Fit = { shift: { x: 0, y: 0 }, edges: 0, score: -1 };
  let [best, unshifted] = [still, still];
  for (let level = levels - 1; level >= 0; level--) {
    const [reference, other] = [references[level], others[level]];
    if (reference === undefined || other === undefined) continue;
    best = bestAround(reference, other, { x: shift.x * 2, y: shift.y * 2 });
    unshifted = fitAt(reference, other, still.shift);
    if (unshifted.score >= best.score) best = unshifted;
    shift = best.shift;
  }
  return { best, unshifted };
}

function levelOf(plane: Plane): Level {
  return { bitmap: medianBitmap(plane), edges: edgeMap(plane) };
}

function fitAt(reference: Level, other: Level, shift: Shift): Fit {
  const edges = edgeAgreement(reference.edges, other.edges, shift);
  return { shift, edges, score: edges - disagreement(reference.bitmap, other.bitmap, shift) };
}

/** Walks uphill from `from`; more than one step makes up for a wrong turn at a coarser level. */
function bestAround(reference: Level, other: Level, from: Shift): Fit {
  let best = fitAt(reference, other, from);
  for (let walk = 0; walk < LONGEST_WALK; walk++) {
    const around = best.shift;
    for (const dy of STEPS) {
      for (const dx of STEPS) {
        if (dx === 0 && dy === 0) continue;
        const fit = fitAt(reference, other, { x: around.x + dx, y: around.y + dy });
        if (fit.score > best.score) best = fit;
      }
    }
    if (best.shift === around) break;
  }
  return best;
}
