import type { NoiseSource, TileReader } from '../denoise/measure-noise.ts';
import type { Arena } from '../parallel/arena.ts';
import { ONE, type PlaneRef, type YccRef } from './planes.ts';

/** Lets noise be measured on full-size planes. */
export function noiseSourceOf(arena: Arena, { y, cb, cr }: YccRef): NoiseSource {
  const { width, height } = y;
  return {
    ...{ width, height },
    ...{ luma: tilesOf(arena, y), cb: tilesOf(arena, cb), cr: tilesOf(arena, cr) },
  };
}

function tilesOf(arena: Arena, plane: PlaneRef): TileReader {
  const { address, stride, width, height } = plane;
  const samples = arena.int16(address, (stride / 2) * (height - 1) + width);
  return ({ x, y }, into) => {
    const side = Math.sqrt(into.length);
    for (let row = 0, i = 0; row < side; row++) {
      const at = ((y + row) * stride) / 2 + x;
      for (let k = at; k < at + side; k++, i++) into[i] = (samples[k] as number) / ONE;
    }
  };
}
