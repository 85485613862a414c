import type { Arena } from '../parallel/arena.ts';
import type { Plane } from '../pixels/picture.ts';

/** Samples of 1.0 in a plane; kernels/lib/plane.ts says how planes lie in memory. */
export const ONE = 8192;

/** Samples of 1.0 in a map of weights. */
export const WEIGHT_ONE = 16_384;

/** Repeated samples on each side of a row; the same number as in the kernels. */
const PAD = 32;

/** Int16 samples in shared memory. */
export type PlaneRef = {
  /** Address of sample (0, 0). */
  readonly address: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
};

/** Luma of every pixel, chroma of every 2 x 2 pixels. Cb and Cr are -0.5..0.5. */
export type YccRef = { readonly y: PlaneRef; readonly cb: PlaneRef; readonly cr: PlaneRef };

/** Size of the next coarser pyramid level, and of chroma beside luma. */
export function halfOf(size: number): number {
  return (size + 1) >> 1;
}

/** Whoever gives out blocks of shared memory. */
export type Blocks = { readonly take: (bytes: number) => number };

export function takePlane(arena: Blocks, width: number, height: number): PlaneRef {
  const stride = (Math.ceil(width / 16) * 16 + 2 * PAD) * 2;
  const address = arena.take(stride * height + PAD * 2) + PAD * 2;
  return { address, stride, width, height };
}

export function takeYcc(arena: Blocks, width: number, height: number): YccRef {
  const [halfWidth, halfHeight] = [halfOf(width), halfOf(height)];
  return {
    y: takePlane(arena, width, height),
    cb: takePlane(arena, halfWidth, halfHeight),
    cr: takePlane(arena, halfWidth, halfHeight),
  };
}

/** Lays floats into a plane, rounded and kept in range, with the padding kernels expect. */
export function writePlane(
  arena: Arena,
  into: PlaneRef,
  from: { readonly plane: Plane; readonly one: number },
): void {
  const { plane, one } = from;
  for (let y = 0; y < into.height; y++) {
    const row = arena.int16(into.address - PAD * 2 + y * into.stride, into.width + 2 * PAD);
    const at = Math.min(y, plane.height - 1) * plane.width;
    for (let x = -PAD; x < into.width + PAD; x++) {
      const column = Math.min(plane.width - 1, into.width - 1, Math.max(0, x));
      const value = Math.round((plane.data[at + column] as number) * one);
      row[x + PAD] = Math.min(32_767, Math.max(-32_768, value));
    }
  }
}

/** Lays samples into a plane as large or larger; the last column and row are repeated. */
export function copyPlane(
  arena: Arena,
  into: PlaneRef,
  from: { readonly width: number; readonly height: number; readonly data: Int16Array },
): void {
  const columns = Math.min(into.width, from.width);
  for (let y = 0; y < into.height; y++) {
    const row = arena.int16(into.address - PAD * 2 + y * into.stride, into.width + 2 * PAD);
    const at = Math.min(y, from.height - 1) * from.width;
    row.fill(from.data[at] as number, 0, PAD);
    row.set(from.data.subarray(at, at + columns), PAD);
    row.fill(from.data[at + columns - 1] as number, PAD + columns);
  }
}

/** A plane's samples as floats, for tests and small pictures. */
export function readPlane(arena: Arena, from: PlaneRef, one: number): Plane {
  const data = new Float32Array(from.width * from.height);
  for (let y = 0; y < from.height; y++) {
    const row = arena.int16(from.address + y * from.stride, from.width);
    for (let x = 0; x < from.width; x++) data[y * from.width + x] = (row[x] as number) / one;
  }
  return { width: from.width, height: from.height, data };
}
