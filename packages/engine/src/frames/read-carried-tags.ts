import exifr from 'exifr';
import { exifStructure } from './read-exif.ts';

/** Degrees, minutes and seconds, and the hemisphere. */
type Coordinate = { readonly degrees: readonly number[]; readonly hemisphere: string };

/** What a photo may carry over from its reference exposure. Text is trimmed, `null` is not there. */
export type CarriedTags = {
  readonly artist: string | null;
  readonly copyright: string | null;
  /** As a camera writes it: `2026:05:01 10:00:00`. */
  readonly takenAt: string | null;
  /** `+02:00` */
  readonly zone: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  /** Seconds, f-number, ISO, millimetres. */
  readonly exposureTime: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  readonly focalLength: number | null;
  readonly latitude: Coordinate | null;
  readonly longitude: Coordinate | null;
};

const LONGEST_TEXT = 300;

/** Never throws: what cannot be read is `null`. */
export async function readCarriedTags(block: Uint8Array | null): Promise<CarriedTags> {
  const tags = await parse(block);
  return {
    artist: text(tags['Artist']),
    copyright: text(tags['Copyright']),
    takenAt: matching(tags['DateTimeOriginal'], /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/),
    zone: matching(tags['OffsetTimeOriginal'], /^[+-]\d\d:\d\d$/),
    make: text(tags['Make']),
    model: text(tags['Model']),
    lens: text(tags['LensModel']),
    exposureTime: positive(tags['ExposureTime']),
    fNumber: positive(tags['FNumber']),
    iso: positive(tags['ISO']),
    focalLength: positive(tags['FocalLength']),
    latitude: coordinate(tags['GPSLatitude'], tags['GPSLatitudeRef'], /^[NS]$/),
    longitude: coordinate(tags['GPSLongitude'], tags['GPSLongitudeRef'], /^[EW]$/),
  };
}

async function parse(block: Uint8Array | null): Promise<Record<string, unknown>> {
  if (block === null) return {};
  try {
    const tags: unknown = await exifr.parse(exifStructure(block), {
      tiff: true,
      ifd0: {},
      exif: true,
      gps: true,
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

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = value.replaceAll(/\p{C}/gu, ' ').replaceAll(/\s+/g, ' ').trim();
  return clean === '' ? null : clean.slice(0, LONGEST_TEXT);
}

function matching(value: unknown, pattern: RegExp): string | null {
  const clean = text(value);
  return clean !== null && pattern.test(clean) ? clean : null;
}

function positive(value: unknown): number | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' && first > 0 && first < 1e7 ? first : null;
}

function coordinate(value: unknown, reference: unknown, pattern: RegExp): Coordinate | null {
  const hemisphere = matching(reference, pattern);
  if (hemisphere === null || !Array.isArray(value) || value.length !== 3) return null;
  const degrees = value.map(Number);
  return degrees.every((part) => part >= 0 && part <= 180) ? { degrees, hemisphere } : null;
}
