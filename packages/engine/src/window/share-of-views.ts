import { createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { createMaskReader } from './apply-window.ts';
import { composeLuma } from './compose-view.ts';
import type { WindowPlan } from './window-plan.ts';

/**
 * How much (0..1) of each place shows a view instead of the room: later steps leave that as it is.
 * @param photo the merged photo without its views, as large as the overviews
 */
export function shareOfViews(
  photo: Picture,
  overviews: readonly Overview[],
  plan: WindowPlan,
): Plane {
  const room = lumaOf(photo);
  const layers = plan.views.flatMap((view) => {
    const from = overviews[view.source]?.luma;
    return from === undefined ? [] : [{ from, view }];
  });
  const view = composeLuma(layers, room);
  const { width, height } = photo;
  const share = createPlane(width, height);
  const { scale = 1 } = overviews[0] ?? {};
  const reader = createMaskReader(plan.mask, { width, height, scale });
  for (let y = 0; y < height; y++) {
    reader.read(y);
    for (let x = 0; x < width; x++) {
      if (reader.isOutside(x)) continue;
      const at = y * width + x;
      share.data[at] = reader.shareOf(x, view.data[at] as number, room.data[at] as number);
    }
  }
  return share;
}
