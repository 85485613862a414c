/** Number of pyramid levels; the coarsest is one to three pixels on its short side. */
export function pyramidLevels(width: number, height: number): number {
  return Math.max(2, Math.floor(Math.log2(Math.min(width, height))));
}

/** Short side in pixels of the pictures that the tables over levels were made for. */
export const REFERENCE_SIDE = 340;

/**
 * How many levels coarser a picture's detail lies than in a picture of the reference size: what is
 * four pixels wide there is sixteen wide in a picture four times as large. Negative for smaller ones.
 */
export function levelOffset(width: number, height: number): number {
  return Math.log2(Math.min(width, height) / REFERENCE_SIDE);
}

/**
 * Reads a table with one entry for each level of a picture of the reference size, from fine to coarse,
 * at a place between its entries. Its ends go on for ever.
 */
export function along(table: readonly number[], place: number): number {
  const at = Math.min(table.length - 1, Math.max(0, place));
  const index = Math.min(table.length - 2, Math.floor(at));
  const low = table[index] ?? table[0] ?? 0;
  const high = table[index + 1] ?? low;
  return low + (at - index) * (high - low);
}
