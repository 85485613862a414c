import type { Picture } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import type { Witnesses } from './measurements.ts';
import { smallView } from './small-view.ts';

/** The exposures as the photo lies, small: kept to compare the finished photo with. */
export function witnessesOf(
  overviews: readonly Overview[],
  referenceIndex: number,
  photo: Picture,
): Witnesses {
  return {
    exposures: overviews.map(({ picture }) => smallView(picture, photo).picture),
    reference: referenceIndex,
  };
}
