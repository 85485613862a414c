import type { Plane } from '../pixels/picture.ts';
import { type Blocks, correlation } from './bands.ts';

export type Structure = {
  /** Share of what the reference exposure shows that is still there, 0..1; 1 where it shows nothing. */
  readonly structureKept: number;
  /** Share of places where the result shows something that the reference does not: ghosts. */
  readonly structureAdded: number;
};

/** Detail (root mean square, 0..1) from which on a block shows something, and below which it is flat. */
const SHOWS = 6 / 255;
const FLAT = 1.5 / 255;

/** A flat block in which the result has this much more than the tone's gain explains has a ghost. */
const ADDED = 6 / 255;

/** Brightness between which a block of the reference can be trusted. */
const DARKEST = 0.12;
const BRIGHTEST = 0.85;

/** Correlation from which on two blocks show the same. */
const SAME = 0.6;

type CompareBlocks = {
  readonly result: Blocks;
  readonly reference: Blocks;
  /** How much (0..1) of each place is not compared; any size, laid over the photo. */
  readonly spared: Plane | null;
};

/** Whether any of nine points of the block and its rim is spared. */
function isSpared({ reference, spared }: CompareBlocks, i: number): boolean {
  if (spared === null) return false;
  const { columns, rows } = reference;
  for (const dy of [-0.5, 0.5, 1.5]) {
    for (const dx of [-0.5, 0.5, 1.5]) {
      const x = Math.floor((((i % columns) + dx) / columns) * spared.width);
      const y = Math.floor(((Math.floor(i / columns) + dy) / rows) * spared.height);
      if (x < 0 || y < 0 || x >= spared.width || y >= spared.height) continue;
      if ((spared.data[y * spared.width + x] as number) > 0.02) return true;
    }
  }
  return false;
}

/**
 * Compares the content with the exposures, where the reference is well exposed. Brightness and contrast may
 * change freely; what may not is what is there.
 * @param bands larger detail of each exposure
 */
export function structureOf(
  band: Plane,
  bands: readonly Plane[],
  blocks: CompareBlocks,
): Structure {
  const { result, reference } = blocks;
  let [shown, kept, flat, added] = [0, 0, 0, 0];
  for (let i = 0; i < reference.mean.length; i++) {
    const mean = reference.mean[i] as number;
    if (mean < DARKEST || mean > BRIGHTEST || isSpared(blocks, i)) continue;
    const detail = reference.coarse[i] as number;
    if (detail >= SHOWS) {
      shown++;
      // One exposure that is like the result there is enough.
      if (bands.some((other) => correlation(band, other, i) >= SAME)) kept++;
    } else if (detail < FLAT) {
      flat++;
      if ((result.coarse[i] as number) > ADDED) added++;
    }
  }
  return {
    structureKept: shown < 8 ? 1 : kept / shown,
    structureAdded: flat < 8 ? 0 : added / flat,
  };
}
