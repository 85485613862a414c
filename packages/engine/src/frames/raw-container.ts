import { type MediaBox, readBoxes } from './media-boxes.ts';
import { readTiffDirectories, type TiffDirectory } from './tiff-directories.ts';

const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const STRIP_OFFSETS = 273;
const STRIP_BYTES = 279;
const TILE_OFFSETS = 324;
const TILE_BYTES = 325;
const DNG_VERSION = 50_706;

/** Photometric interpretations of sensors (TIFF/EP, DNG 1.7): a mosaic of colours, linear raw. */
const SENSOR_PHOTOMETRICS: readonly number[] = [32_803, 34_892];
/** Compressions that only cameras write: Sony, Nikon, Pentax, Samsung. */
const SENSOR_COMPRESSIONS: readonly number[] = [32_767, 34_713, 65_535, 32_770];

/** True for a TIFF that holds what a camera's sensor saw (NEF, ARW, DNG, PEF and others). */
export function holdsSensorData(bytes: Uint8Array): boolean {
  return readTiffDirectories(bytes).some(
    (directory) => directory.has(DNG_VERSION) || isSensorData(directory),
  );
}

function isSensorData(directory: TiffDirectory): boolean {
  const photometric = directory.get(PHOTOMETRIC)?.[0] ?? -1;
  const compression = directory.get(COMPRESSION)?.[0] ?? -1;
  return SENSOR_PHOTOMETRICS.includes(photometric) || SENSOR_COMPRESSIONS.includes(compression);
}

/** Fujifilm's header: where the embedded JPEG and the sensor data lie, each an offset and a length. */
const RAF_JPEG = 84;
const RAF_SENSOR = 100;

/**
 * True when the file ends before its sensor data does. Raw decoders fill what is missing with black
 * instead of refusing it.
 */
export function isRawCutOff(bytes: Uint8Array): boolean {
  if (isRaf(bytes)) {
    const { offset, length } = rafPart(bytes, RAF_SENSOR);
    return offset + length > bytes.length;
  }
  if (isMedia(bytes))
    return readBoxes(bytes, 0, bytes.length).some((box) => box.end > bytes.length);
  return readTiffDirectories(bytes)
    .filter(isSensorData)
    .some((directory) => {
      const offsets = directory.get(TILE_OFFSETS) ?? directory.get(STRIP_OFFSETS) ?? [];
      const lengths = directory.get(TILE_BYTES) ?? directory.get(STRIP_BYTES) ?? [];
      return offsets.some((offset, index) => offset + (lengths[index] ?? 0) > bytes.length);
    });
}

/** The part of a raw file that holds its EXIF, as a TIFF or a JPEG; `null` when there is none. */
export function rawExif(bytes: Uint8Array): Uint8Array | null {
  if (isRaf(bytes)) {
    const { offset, length } = rafPart(bytes, RAF_JPEG);
    return offset > 0 && offset + length <= bytes.length
      ? bytes.subarray(offset, offset + length)
      : null;
  }
  return isMedia(bytes) ? canonExif(bytes) : bytes;
}

function isRaf(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 8)) === 'FUJIFILM';
}

function rafPart(bytes: Uint8Array, at: number): { offset: number; length: number } {
  if (bytes.length < at + 8) return { offset: 0, length: Number.POSITIVE_INFINITY };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { offset: view.getUint32(at), length: view.getUint32(at + 4) };
}

function isMedia(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp';
}

/** Canon keeps its EXIF in boxes of a `uuid` box inside `moov`: CMT1 is the main directory, CMT2 the EXIF one. */
const UUID_BYTES = 16;
const EXIF_POINTER = 34_665;
const ENTRY_BYTES = 12;

function canonExif(bytes: Uint8Array): Uint8Array | null {
  const inside = (boxes: readonly MediaBox[], type: string): MediaBox[] =>
    boxes.filter((box) => box.type === type && box.end <= bytes.length);
  const parts = inside(readBoxes(bytes, 0, bytes.length), 'moov')
    .flatMap((moov) => inside(readBoxes(bytes, moov.start, moov.end), 'uuid'))
    .flatMap((uuid) => readBoxes(bytes, uuid.start + UUID_BYTES, uuid.end));
  const [main] = inside(parts, 'CMT1');
  const [exif] = inside(parts, 'CMT2');
  if (main === undefined || exif === undefined) return null;
  return joinTiffs(bytes.subarray(main.start, main.end), bytes.subarray(exif.start, exif.end));
}

/**
 * Two TIFF blocks as one: the second block keeps its place, so its offsets stay right; behind it comes
 * the first one's main directory, with a pointer to the second's and with its own values moved along.
 */
function joinTiffs(main: Uint8Array, exif: Uint8Array): Uint8Array | null {
  const [first, second] = [viewOf(main), viewOf(exif)];
  if (main.length < 14 || exif.length < 14 || main[0] !== exif[0]) return null;
  const little = main[0] === 0x49;
  const directory = first.getUint32(4, little);
  if (directory + 2 > main.length) return null;
  const count = first.getUint16(directory, little);
  const entries = directory + 2;
  if (entries + count * ENTRY_BYTES > main.length) return null;
  const mainAt = exif.length + (exif.length % 2);
  const joinedAt = mainAt + main.length + (main.length % 2);
  const out = new Uint8Array(joinedAt + 2 + (count + 1) * ENTRY_BYTES + 4);
  out.set(exif, 0);
  out.set(main, mainAt);
  const view = viewOf(out);
  view.setUint32(4, joinedAt, little);
  view.setUint16(joinedAt, count + 1, little);
  for (let index = 0; index < count; index++) {
    const to = joinedAt + 2 + index * ENTRY_BYTES;
    out.set(main.subarray(entries + index * ENTRY_BYTES, entries + (index + 1) * ENTRY_BYTES), to);
    if (isOutside(view, to, little))
      view.setUint32(to + 8, view.getUint32(to + 8, little) + mainAt, little);
  }
  const pointer = joinedAt + 2 + count * ENTRY_BYTES;
  view.setUint16(pointer, EXIF_POINTER, little);
  view.setUint16(pointer + 2, 4, little);
  view.setUint32(pointer + 4, 1, little);
  view.setUint32(pointer + 8, second.getUint32(4, little), little);
  return out;
}

/** Bytes of one value by TIFF type. */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Values longer than four bytes stand elsewhere, and the entry holds their offset. */
function isOutside(view: DataView, entry: number, little: boolean): boolean {
  const bytes = VALUE_BYTES[view.getUint16(entry + 2, little)] ?? 0;
  return bytes * view.getUint32(entry + 4, little) > 4;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
