import { boxMean } from '../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';

/** Coefficients of mask = viewSlope * Y of the view + roomSlope * Y of the room + base, per pixel. */
export type MaskCoefficients = {
  readonly viewSlope: Plane;
  readonly roomSlope: Plane;
  readonly base: Plane;
};

/**
 * Guided filter with two guides (He, Sun & Tang, "Guided Image Filtering", PAMI 2013, eq. 19 with two
 * channels): in every small window the mask is explained as a linear mix of both pictures. Found on
 * small pictures and applied to large ones the mask keeps the edges of both: where the bright view
 * ends against a frame, and where a lit leaf stands before a dark view.
 * @param radius of the windows in pixels
 * @param epsilon variance that counts as noise rather than edge
 */
export function guideMask(
  mask: Plane,
  guides: { readonly view: Plane; readonly room: Plane },
  { radius, epsilon }: { readonly radius: number; readonly epsilon: number },
): MaskCoefficients {
  const { view, room } = guides;
  const mean = (a: Plane, b?: Plane) => boxMean(b === undefined ? a : product(a, b), radius);
  const [m, v, r] = [mean(mask), mean(view), mean(room)];
  const [vv, rr, vr] = [mean(view, view), mean(room, room), mean(view, room)];
  const [mv, mr] = [mean(mask, view), mean(mask, room)];
  const { width, height } = mask;
  const viewSlope = createPlane(width, height);
  const roomSlope = createPlane(width, height);
  const base = createPlane(width, height);
  for (let i = 0; i < mask.data.length; i++) {
    const [meanMask, meanView, meanRoom] = [
      m.data[i] as number,
      v.data[i] as number,
      r.data[i] as number,
    ];
    const varView = (vv.data[i] as number) - meanView * meanView + epsilon;
    const varRoom = (rr.data[i] as number) - meanRoom * meanRoom + epsilon;
    const both = (vr.data[i] as number) - meanView * meanRoom;
    const withView = (mv.data[i] as number) - meanMask * meanView;
    const withRoom = (mr.data[i] as number) - meanMask * meanRoom;
    const determinant = varView * varRoom - both * both;
    const a = (withView * varRoom - withRoom * both) / determinant;
    const b = (withRoom * varView - withView * both) / determinant;
    viewSlope.data[i] = a;
    roomSlope.data[i] = b;
    base.data[i] = meanMask - a * meanView - b * meanRoom;
  }
  return {
    viewSlope: boxMean(viewSlope, radius),
    roomSlope: boxMean(roomSlope, radius),
    base: boxMean(base, radius),
  };
}

function product(a: Plane, b: Plane): Plane {
  const out = createPlane(a.width, a.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = (a.data[i] as number) * (b.data[i] as number);
  return out;
}
