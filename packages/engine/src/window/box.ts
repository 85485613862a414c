import { createPlane, type Plane } from '../pixels/picture.ts';
import { createMask, type Mask } from './morphology.ts';

/** A rectangle in pixels of a plane or mask. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** The smallest box around what is not 0, `margin` pixels larger on each side, inside of the plane. */
export function boundsOf({ width, height, data }: Plane | Mask, margin: number): Box {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { left: 0, top: 0, width: 0, height: 0 };
  left = Math.max(0, left - margin);
  top = Math.max(0, top - margin);
  return {
    left,
    top,
    width: Math.min(width - 1, right + margin) - left + 1,
    height: Math.min(height - 1, bottom + margin) - top + 1,
  };
}

export function cutPlane(plane: Plane, box: Box): Plane {
  const out = createPlane(box.width, box.height);
  copyRows(plane, out.data, box);
  return out;
}

export function cutMask(mask: Mask, box: Box): Mask {
  const out = createMask(box.width, box.height);
  copyRows(mask, out.data, box);
  return out;
}

function copyRows(from: Plane | Mask, into: Float32Array | Uint8Array, box: Box): void {
  for (let y = 0; y < box.height; y++) {
    const start = (box.top + y) * from.width + box.left;
    into.set(from.data.subarray(start, start + box.width), y * box.width);
  }
}
