/** A JPEG is stored in squares of 8 x 8 pixels; those at the right and lower edge may be cut off. */
const BLOCK = 8;
const LARGEST_SIDE = 65_528;

/** Markers that begin a frame header a decoder of photos knows: baseline, extended, progressive. */
const FRAME_MARKERS: readonly number[] = [0xc0, 0xc1, 0xc2];
const START_OF_SCAN = 0xda;

/**
 * A copy of a JPEG whose header shows the blocks at the edges whole: the size is rounded up to
 * multiples of 8, and no other byte changes, because the same blocks are stored either way. Decoders
 * that reduce by whole factors then do so on an exact grid.
 * @returns `null` when no header is found, or none that may grow
 */
export function showWholeBlocks(bytes: Uint8Array): Uint8Array | null {
  const at = findFrameHeader(bytes);
  if (at === null) return null;
  // Marker (2), length (2), precision (1), height (2), width (2); see ITU-T T.81, B.2.2.
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  for (const offset of [at + 5, at + 7]) {
    const side = view.getUint16(offset);
    if (side === 0 || side > LARGEST_SIDE) return null;
    view.setUint16(offset, Math.ceil(side / BLOCK) * BLOCK);
  }
  return copy;
}

function findFrameHeader(bytes: Uint8Array): number | null {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    if (FRAME_MARKERS.includes(marker)) return at;
    if (marker === START_OF_SCAN) return null;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else at += 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
  }
  return null;
}
