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
  return ({ x, y }, into) => {
    const side = Math.sqrt(into.length);
    for (let row = 0; row < side; row++) {
      const samples = arena.int16(plane.address + (y + row) * plane.stride + x * 2, side);
      for (let i = 0; i < side; i++) into[row * side + i] = (samples[i] as number) / ONE;
    }
  };
}
