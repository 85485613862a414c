import { createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { createMaskReader } from './apply-window.ts';
import { composeLuma } from './compose-view.ts';
import type { WindowPlan } from './window-plan.ts';

/** Side of the squares that are looked at as one, and how many of them a hole may be wide, in all. */
export const SQUARE = 8;
const HOLES = 5;

/**
 * How much (0..1) of each place shows a view instead of the room: later steps leave that as it is. The
 * mask alone has holes wherever the photo showed the view already; they belong to the window as well.
 * @returns an eighth of the photo's size
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
  const share = createPlane(Math.ceil(width / SQUARE), Math.ceil(height / SQUARE));
  const { scale = 1 } = overviews[0] ?? {};
  const reader = createMaskReader(plan.mask, { width, height, scale });
  for (let y = 0; y < height; y++) {
    reader.read(y);
    for (let x = 0; x < width; x++) {
      if (reader.isOutside(x)) continue;
      const at = y * width + x;
      const into = Math.floor(y / SQUARE) * share.width + Math.floor(x / SQUARE);
      const value = reader.shareOf(x, view.data[at] as number, room.data[at] as number);
      share.data[into] = Math.max(share.data[into] as number, value);
    }
  }
  return extreme(extreme(share, HOLES, Math.max), HOLES, Math.min);
}

/** The highest or lowest value within `reach` squares in each direction. */
function extreme(plane: Plane, reach: number, of: (a: number, b: number) => number): Plane {
  const { width, height } = plane;
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = plane.data[y * width + x] as number;
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++)
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++)
          value = of(value, plane.data[v * width + u] as number);
      out.data[y * width + x] = value;
    }
  }
  return out;
}
