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
    const row = data.subarray(y * width, (y + 1) * width);
    const first = firstSet(row);
    if (first === width) continue;
    left = Math.min(left, first);
    right = Math.max(right, lastSet(row));
    top = Math.min(top, y);
    bottom = y;
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

function firstSet(row: Float32Array | Uint8Array): number {
  let x = 0;
  while (x < row.length && row[x] === 0) x++;
  return x;
}

function lastSet(row: Float32Array | Uint8Array): number {
  let x = row.length - 1;
  while (x >= 0 && row[x] === 0) x--;
  return x;
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
