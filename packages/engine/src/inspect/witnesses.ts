import type { Geometry } from '../geometry/geometry.ts';
import { warpPicture } from '../geometry/warp.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import type { Witnesses } from './measurements.ts';
import { smallView } from './small-view.ts';

/** The photo, small, and the way from its pixels to those of the exposures; `null`: the same. */
export type Seen = {
  readonly photo: Picture;
  readonly asSeen: Geometry | null;
  /** As the photo lies. */
  readonly views: Plane | null;
};

/** The exposures as the photo lies, small: kept to compare the finished photo with. */
export function witnessesOf(
  overviews: readonly Overview[],
  referenceIndex: number,
  { photo, asSeen, views }: Seen,
): Witnesses {
  return {
    exposures: overviews.map(({ picture }) => {
      const laid = asSeen === null ? picture : warpPicture(picture, asSeen);
      return smallView(laid, photo).picture;
    }),
    reference: referenceIndex,
    views,
  };
}
