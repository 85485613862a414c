/** A directory of a TIFF: numbers by tag. Text, fractions and tables of more than 4096 numbers are left out. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

const SUB_DIRECTORIES = 330;
const MAX_DIRECTORIES = 32;
const MAX_ENTRIES = 1024;
const MAX_VALUES = 4096;

/** Bytes of a number by TIFF type: 1 byte, 3 short, 4 long, 7 undefined, 13 directory. */
const NUMBER_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4 };

/**
 * Reads the directories of a TIFF file and those they point to (TIFF 6.0 and supplement 1), without
 * trusting a byte of it: what lies outside the file is left out, loops end.
 */
export function readTiffDirectories(bytes: Uint8Array): TiffDirectory[] {
  if (bytes.length < 8) return [];
  const file: File = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    little: bytes[0] === 0x49,
  };
  const waiting = [file.view.getUint32(4, file.little)];
  const seen = new Set<number>();
  const found: TiffDirectory[] = [];
  while (waiting.length > 0 && found.length < MAX_DIRECTORIES) {
    const at = waiting.shift() ?? 0;
    if (at < 8 || at + 2 > bytes.length || seen.has(at)) continue;
    seen.add(at);
    const { directory, next } = readDirectory(file, at);
    found.push(directory);
    waiting.push(next, ...(directory.get(SUB_DIRECTORIES) ?? []));
  }
  return found;
}

type File = { readonly view: DataView; readonly little: boolean };

function readDirectory(file: File, at: number): { directory: TiffDirectory; next: number } {
  const { view, little } = file;
  const count = Math.min(MAX_ENTRIES, view.getUint16(at, little));
  const directory = new Map<number, readonly number[]>();
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + index * 12;
    if (entry + 12 > view.byteLength) return { directory, next: 0 };
    const values = readValues(file, entry);
    if (values !== null) directory.set(view.getUint16(entry, little), values);
  }
  const end = at + 2 + count * 12;
  return { directory, next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0 };
}

function readValues({ view, little }: File, entry: number): readonly number[] | null {
  const bytes = NUMBER_BYTES[view.getUint16(entry + 2, little)];
  const count = view.getUint32(entry + 4, little);
  if (bytes === undefined || count > MAX_VALUES) return null;
  const at = bytes * count <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
  if (at + bytes * count > view.byteLength) return null;
  return Array.from({ length: count }, (_, index) => {
    const place = at + index * bytes;
    if (bytes === 1) return view.getUint8(place);
    return bytes === 2 ? view.getUint16(place, little) : view.getUint32(place, little);
  });
}
