import exifr from 'exifr';
import type { FrameInfo } from './read-frame-info.ts';

/** `bracket`: the camera itself says this frame belongs to an automatic bracket. */
export type ExposureMode = 'auto' | 'manual' | 'bracket';

export type ExifInfo = Omit<FrameInfo, 'format' | 'width' | 'height' | 'orientation'>;

const EXIF_PREFIX = 'Exif\0\0';
/** Photographs with a date from before are cameras with a lost clock. */
const EARLIEST_YEAR = 1970;

const MODES: readonly ExposureMode[] = ['auto', 'manual', 'bracket'];

/** Reads a raw EXIF block or a TIFF file. Never throws: what cannot be read is `null`. */
export async function readExif(block: Uint8Array | null): Promise<ExifInfo> {
  const tags = await parseTags(block);
  const exposureTime = numberIn(tags['ExposureTime'], [1e-6, 3600]);
  const fNumber = numberIn(tags['FNumber'], [0.5, 128]);
  const iso = numberIn(firstOf(tags['ISO']), [1, 10_000_000]);
  return {
    takenAt: takenAt(tags),
    exposureTime,
    fNumber,
    iso,
    exposureBias: numberIn(tags['ExposureCompensation'], [-20, 20]),
    ev: exposureValue(exposureTime, fNumber, iso),
    exposureMode: MODES[numberIn(tags['ExposureMode'], [0, 2]) ?? -1] ?? null,
    camera: cameraName(tags),
    lens: cleanText(tags['LensModel']),
    focalLength: numberIn(tags['FocalLength'], [0.5, 5000]),
  };
}

/**
 * EV at ISO 100 (APEX, EXIF 2.32 annex C). Lenses without contacts report no aperture: f/1 stands
 * in then, so that differences between frames of one scene stay right. No ISO counts as ISO 100.
 */
function exposureValue(
  time: number | null,
  fNumber: number | null,
  iso: number | null,
): number | null {
  if (time === null) return null;
  return Math.log2((fNumber ?? 1) ** 2 / time) - Math.log2((iso ?? 100) / 100);
}

/** The TIFF structure inside an EXIF block as formats other than TIFF store it. */
export function exifStructure(block: Uint8Array): Uint8Array {
  const prefixed = String.fromCharCode(...block.subarray(0, 6)) === EXIF_PREFIX;
  return prefixed ? block.subarray(6) : block;
}

async function parseTags(block: Uint8Array | null): Promise<Record<string, unknown>> {
  if (block === null) return {};
  try {
    // exifr keeps numbers and dates as stored; makers' notes and thumbnails are never touched.
    const tags: unknown = await exifr.parse(exifStructure(block), {
      tiff: true,
      ifd0: {},
      exif: true,
      gps: false,
      interop: false,
      makerNote: false,
      userComment: false,
      xmp: false,
      icc: false,
      iptc: false,
      reviveValues: false,
      translateValues: false,
    });
    return typeof tags === 'object' && tags !== null ? { ...tags } : {};
  } catch {
    return {};
  }
}

function takenAt(tags: Record<string, unknown>): string | null {
  const date = cleanText(tags['DateTimeOriginal']);
  const match = date === null ? null : /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(date);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time =
    Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds(tags['SubSecTimeOriginal']);
  const plausible =
    year >= EARLIEST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour < 24 &&
    minute < 60 &&
    second < 61;
  if (!plausible) return null;
  const taken = new Date(time - zoneOffset(tags['OffsetTimeOriginal']));
  // The time zone may move a date out of the years that ISO 8601 writes with four digits.
  const takenYear = taken.getUTCFullYear();
  return takenYear >= EARLIEST_YEAR && takenYear <= 9999 ? taken.toISOString() : null;
}

/** "25" means 0.25 s: the digits are a decimal fraction. */
function milliseconds(subSeconds: unknown): number {
  const digits = /^\d{1,9}/.exec(cleanText(subSeconds) ?? '')?.[0];
  return digits === undefined ? 0 : Math.floor(Number(`0.${digits}`) * 1000 + 1e-6);
}

function zoneOffset(offset: unknown): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(cleanText(offset) ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}

function cameraName(tags: Record<string, unknown>): string | null {
  const make = cleanText(tags['Make']);
  const model = cleanText(tags['Model']);
  if (make === null || model === null) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) || ArrayBuffer.isView(value) ? Reflect.get(value, 0) : value;
}

function numberIn(value: unknown, range: readonly [min: number, max: number]): number | null {
  return typeof value === 'number' && value >= range[0] && value <= range[1] ? value : null;
}

/** Printable, trimmed, at most 100 characters: EXIF text ends up on screens and in databases. */
function cleanText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll(/\p{C}/gu, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 100);
  return text === '' ? null : text;
}
