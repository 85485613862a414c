import type { Exif } from 'sharp';
import type { CarriedTags } from '../frames/read-carried-tags.ts';
import type { Gamut } from '../frames/read-header.ts';
import { type EditRecord, type PhotoTexts, xmpPacket } from './edit-record.ts';

export const METADATA_POLICIES = ['none', 'credit', 'camera'] as const;

/**
 * What a file tells beside its pixels. `none`: nothing but the colour profile. `credit`: who made it, whose
 * it is, and the record of edits. `camera`: also camera, lens and exposure.
 */
export type MetadataPolicy = (typeof METADATA_POLICIES)[number];

export type MetadataChoice = {
  readonly metadata: MetadataPolicy;
  /** When it was taken, from the reference exposure. */
  readonly captureDate: boolean;
  /** Where it was taken: the address of somebody's home. */
  readonly location: boolean;
  /** Take the place of what the camera wrote. */
  readonly texts: PhotoTexts;
};

/** Blocks ready to be put into a file. */
export type FileMetadata = { readonly exif: Exif; readonly xmp: string };

/** @returns `null` where the policy is to say nothing */
export function fileMetadata(
  choice: MetadataChoice,
  tags: CarriedTags,
  record: EditRecord,
): FileMetadata | null {
  if (choice.metadata === 'none') return null;
  const texts = {
    ...choice.texts,
    artist: choice.texts.artist ?? tags.artist,
    copyright: choice.texts.copyright ?? tags.copyright,
  };
  const exif = {
    IFD0: known({
      Artist: texts.artist,
      Copyright: texts.copyright,
      Software: record.software,
      ...(choice.metadata === 'camera' ? { Make: tags.make, Model: tags.model } : {}),
    }),
    IFD2: known({
      ...(choice.metadata === 'camera' ? exposureTags(tags) : {}),
      ...(choice.captureDate
        ? { DateTimeOriginal: tags.takenAt, OffsetTimeOriginal: tags.zone }
        : {}),
    }),
    ...(choice.location ? { IFD3: placeTags(tags) } : {}),
  };
  const captured = choice.captureDate ? isoDate(tags) : null;
  return { exif, xmp: xmpPacket(record, texts, captured) };
}

/** EXIF's own word for the colours: 1 is sRGB, the rest is for the profile to say. */
export function colorSpaceTag(gamut: Gamut): string {
  return gamut === 'srgb' ? '1' : '65535';
}

function exposureTags(tags: CarriedTags): Record<string, string | null> {
  return {
    ExposureTime: tags.exposureTime === null ? null : exposureFraction(tags.exposureTime),
    FNumber: fraction(tags.fNumber, 10),
    ISOSpeedRatings: tags.iso === null ? null : String(Math.min(65_535, Math.round(tags.iso))),
    FocalLength: fraction(tags.focalLength, 10),
    LensModel: tags.lens,
  };
}

function placeTags({ latitude, longitude }: CarriedTags): Record<string, string> {
  if (latitude === null || longitude === null) return {};
  const fractions = (parts: readonly number[]): string =>
    parts.map((part) => `${Math.round(part * 10_000)}/10000`).join(' ');
  return {
    GPSLatitudeRef: latitude.hemisphere,
    GPSLatitude: fractions(latitude.degrees),
    GPSLongitudeRef: longitude.hemisphere,
    GPSLongitude: fractions(longitude.degrees),
  };
}

/** 1/60 rather than 166667/10000000: that is how people read it. */
function exposureFraction(seconds: number): string {
  return seconds < 0.5 ? `10/${Math.round(10 / seconds)}` : `${Math.round(seconds * 10)}/10`;
}

function fraction(value: number | null, under: number): string | null {
  return value === null ? null : `${Math.round(value * under)}/${under}`;
}

function isoDate({ takenAt, zone }: CarriedTags): string | null {
  if (takenAt === null) return null;
  const [day = '', time = ''] = takenAt.split(' ');
  return `${day.replaceAll(':', '-')}T${time}${zone ?? ''}`;
}

function known(tags: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
