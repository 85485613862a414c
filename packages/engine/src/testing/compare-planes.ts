import { splitPicture, type Ycc } from '../merge/ycc.ts';
import type { Pool } from '../parallel/pool.ts';
import { createPlane, type Picture, readLumaRow } from '../pixels/picture.ts';
import { ONE, readPlane, takeYcc, writePlane, type YccRef } from '../render/planes.ts';

function yccOf(picture: Picture): Ycc {
  const { width, height } = picture;
  const luma = createPlane(width, height);
  for (let y = 0; y < height; y++) readLumaRow(picture, y, luma.data.subarray(y * width));
  return splitPicture(picture, luma, null);
}

/** The picture in shared memory, as full size has it. */
export function placePicture({ arena }: Pool, picture: Picture): YccRef {
  const planes = yccOf(picture);
  const into = takeYcc(arena, planes.y.width, planes.y.height);
  for (const key of ['y', 'cb', 'cr'] as const)
    writePlane(arena, into[key], { plane: planes[key], one: ONE });
  return into;
}

/** The same change by kernels, in place, and in plain form. */
type Change = {
  readonly kernel: (photo: YccRef) => Promise<void>;
  readonly plain: (picture: Picture) => Picture;
};

/** Differences in 8-bit levels between kernel and plain form, smallest first. */
export async function comparePlanes(pool: Pool, picture: Picture, { kernel, plain }: Change) {
  const into = placePicture(pool, picture);
  await kernel(into);
  const expected = yccOf(plain(picture));
  const of = (key: 'y' | 'cb' | 'cr'): Float32Array =>
    readPlane(pool.arena, into[key], ONE)
      .data.map((value, i) => 255 * Math.abs(value - (expected[key].data[i] ?? Number.NaN)))
      .sort();
  return { y: of('y'), cb: of('cb'), cr: of('cr') };
}

export const shareOf = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
