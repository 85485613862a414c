/*
 * Disks and cards that fail give back sectors of zeros. In the middle of a JPEG those are valid codes, so that
 * decoders warn of nothing, or too late to be heard: the photo has a band of noise in it, and all that follows
 * is shifted.
 */

/** Bytes of a sector. */
const SECTOR = 512;
const ZEROS = Buffer.alloc(SECTOR);

const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const TABLES = 0xc4;
const SCAN = 0xda;

/**
 * Whether the picture data of a JPEG holds a sector of zeros that cannot be a picture. What zeros mean is in
 * the Huffman tables (ITU-T T.81, C.2): the first symbol of each has the code 0...0. Where that ends a block,
 * zeros are an even surface; where it is a coefficient, they are blocks of 63 equal coefficients, row after row,
 * which no scene makes. Of progressive files, whose bits mean something else in each scan, nothing is said.
 */
export function hasZeroedData(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.indexOf(ZEROS) < 0) return false;
  const scan = findScan(file);
  if (scan === null || !scan.zerosAreDetail) return false;
  const zeros = file.indexOf(ZEROS, scan.from);
  return zeros >= 0 && zeros < endOfScan(file, scan.from);
}

/** The next marker that is not one of those within a scan: there may be scans of other channels, whose tables differ. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const marker = file[at + 1] ?? 0;
    const isWithin = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    if (!isWithin) return at;
  }
  return file.length;
}

type Scan = { readonly from: number; readonly zerosAreDetail: boolean };

/** The first scan of a sequential JPEG. */
function findScan(file: Buffer): Scan | null {
  let sequential = false;
  let zerosAreDetail = false;
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] as number;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const next = at + 2 + file.readUInt16BE(at + 2);
    if (marker === BASELINE || marker === EXTENDED) sequential = true;
    if (marker === TABLES) zerosAreDetail ||= holdsDetail(file.subarray(at + 4, next));
    if (marker === SCAN) return sequential ? { from: next, zerosAreDetail } : null;
    at = next;
  }
  return null;
}

/** Whether a table for coefficients among these gives its first code to one that is not zero. */
function holdsDetail(tables: Buffer): boolean {
  let at = 0;
  while (at + 17 <= tables.length) {
    const isForCoefficients = (tables[at] as number) >> 4 === 1;
    const symbols = tables.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    const first = tables[at + 17] ?? 0;
    // The lower half of a symbol is the size of the coefficient; of "end of block" and "16 zeros" it is 0.
    if (isForCoefficients && (first & 15) > 0) return true;
    at += 17 + symbols;
  }
  return false;
}
