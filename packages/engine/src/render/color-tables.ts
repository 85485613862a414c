import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import {
  createPicture,
  LUMA_B,
  LUMA_G,
  LUMA_R,
  type Picture,
  type Plane,
} from '../pixels/picture.ts';
import { ONE, type PlaneRef, takePlane, writePlane, type YccRef } from './planes.ts';

/** Nodes of a table along luma, Cb and Cr. */
const NODES = 33;
const COUNT = NODES ** 3;

/** Kernels read up to this many bytes after the last sample. */
const SLACK = 64;

const CB_SPAN = 2 * (1 - LUMA_B);
const CR_SPAN = 2 * (1 - LUMA_R);

/** A change that depends on nothing but the colour, made of a picture of any size. */
export type ColorChange = (colors: Picture) => Picture;

export type ColorChanges = {
  /** One, or two that are mixed from place to place. */
  readonly changes: readonly ColorChange[];
  /** Share (0..1) of the second, laid over the whole photo; `null`: none. */
  readonly share: Plane | null;
};

/** Changes the colours of the full-size photo in place, by tables of what becomes of them. */
export async function changeColors(
  pool: Pool,
  photo: YccRef,
  { changes, share }: ColorChanges,
): Promise<void> {
  const { arena } = pool;
  const { y, cb, cr } = photo;
  const mark = arena.take(0);
  const tables = changes.map((change) => placeTable(arena, change));
  const map = placeShare(arena, share);
  await pool.strips(cb, (from, to) => [
    'balance.balance',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[tables[0] ?? 0, tables[1] ?? 0],
    ...[map.address, map.stride, map.width, map.height, from, to],
  ]);
  arena.release(mark);
}

/** What becomes of evenly spaced colours: luma, Cb, Cr and nothing for each. */
function placeTable(arena: Arena, change: ColorChange): number {
  const nodes = createPicture(COUNT, 1);
  // How far a node lies outside of what RGB can say; it moves along with the nearest that lies inside.
  const beyond = new Float32Array(COUNT * 3);
  for (let i = 0; i < COUNT; i++) {
    for (const [c, value] of colorOf(i).entries()) {
      const inside = Math.min(1, Math.max(0, value));
      nodes.data[i * 3 + c] = Math.round(inside * 65_535);
      beyond[i * 3 + c] = value - inside;
    }
  }
  const { data } = change(nodes);
  const address = arena.take(COUNT * 8 + SLACK);
  const samples = arena.int16(address, COUNT * 4);
  for (let at = 0, into = 0; at < COUNT * 3; at += 3, into += 4) {
    const red = (data[at] as number) / 65_535 + (beyond[at] as number);
    const green = (data[at + 1] as number) / 65_535 + (beyond[at + 1] as number);
    const blue = (data[at + 2] as number) / 65_535 + (beyond[at + 2] as number);
    const luma = LUMA_R * red + LUMA_G * green + LUMA_B * blue;
    samples[into] = Math.round(luma * ONE);
    samples[into + 1] = Math.round(((blue - luma) / CB_SPAN) * ONE);
    samples[into + 2] = Math.round(((red - luma) / CR_SPAN) * ONE);
    samples[into + 3] = 0;
  }
  return address;
}

/** Red, green and blue (0..1 where they can be) of a node; luma runs fastest, then Cr. */
function colorOf(node: number): [number, number, number] {
  const luma = (node % NODES) / (NODES - 1);
  const cr = (Math.floor(node / NODES) % NODES) / (NODES - 1) - 0.5;
  const cb = Math.floor(node / NODES ** 2) / (NODES - 1) - 0.5;
  const red = luma + CR_SPAN * cr;
  const blue = luma + CB_SPAN * cb;
  return [red, (luma - LUMA_R * red - LUMA_B * blue) / LUMA_G, blue];
}

function placeShare(arena: Arena, share: Plane | null): PlaneRef {
  if (share === null) return { address: 0, stride: 0, width: 0, height: 0 };
  const map = takePlane(arena, share.width, share.height);
  writePlane(arena, map, { plane: share, one: ONE });
  return map;
}
