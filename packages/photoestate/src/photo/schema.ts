import { isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';
import { PHOTO_STATUSES } from './table.ts';

/** What cameras and editors write and the engine reads. */
export const PHOTO_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/tiff',
  'image/avif',
  'image/heic',
  'image/heif',
  // Camera RAW, by the names that browsers and the SDK give it.
  'image/x-canon-cr2',
  'image/x-canon-cr3',
  'image/x-nikon-nef',
  'image/x-sony-arw',
  'image/x-adobe-dng',
  'image/dng',
  'image/x-dng',
  'image/x-fuji-raf',
  'image/x-fujifilm-raf',
  'image/x-olympus-orf',
  'image/x-panasonic-rw2',
] as const;
export const LARGEST_PHOTO = 300_000_000;

export const PhotoRef = z.object({ photoId: z.string() });
export type PhotoRef = z.input<typeof PhotoRef>;

export const ListPhotos = z.object({ listingId: z.string() });
export type ListPhotos = z.input<typeof ListPhotos>;

export const PagePhotos = ListPhotos.extend({
  status: z.enum(PHOTO_STATUSES).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type PagePhotos = z.input<typeof PagePhotos>;

const fileName = z
  .string({ error: 'expected the name of a file' })
  .trim()
  .min(1, 'expected the name of a file')
  .max(255, 'expected at most 255 characters')
  .refine(isStorableText, STORABLE_TEXT);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits in small letters');

/** A frame that somebody is about to send. */
export const RequestPhotoUpload = z.object({
  listingId: z.string(),
  name: fileName,
  /** Bytes. */
  size: z.int().min(1, 'expected at least one byte').max(LARGEST_PHOTO),
  type: z.enum(PHOTO_TYPES, {
    error: 'expected the type of a JPEG, PNG, WebP, TIFF, AVIF, HEIC or camera RAW file',
  }),
  sha256: sha256.optional(),
});
export type RequestPhotoUpload = z.input<typeof RequestPhotoUpload>;

export const PhotoUploadRef = z.object({ listingId: z.string(), uploadId: z.string() });
export type PhotoUploadRef = z.input<typeof PhotoUploadRef>;

/** A frame that lies somewhere on the internet. */
export const PhotoFromUrl = z.object({
  listingId: z.string(),
  url: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://example.com/a.jpg' })
    .max(2000, 'expected at most 2000 characters')
    .refine(isStorableText, STORABLE_TEXT),
  name: fileName.optional(),
  sha256: sha256.optional(),
});
export type PhotoFromUrl = z.input<typeof PhotoFromUrl>;

export const FindKnownPhotos = z.object({
  listingId: z.string(),
  digests: z.array(sha256).max(200),
});
export type FindKnownPhotos = z.input<typeof FindKnownPhotos>;

/** A photo that has one of the digests asked for. */
export interface KnownPhoto {
  sha256: string;
  name: string;
}

/** A file that Slipway says is `ready`. */
export const AddPhoto = z.object({
  listingId: z.string(),
  file: z.object({
    id: z.string(),
    name: z.string().min(1).max(1024),
    size: z.int().nonnegative(),
    type: z.string(),
    sha256: z.string().nullable(),
  }),
});
export type AddPhoto = z.input<typeof AddPhoto>;

export type PhotoStatus = (typeof PHOTO_STATUSES)[number];

export interface Photo {
  id: string;
  listingId: string;
  /** Null until the photo is inspected, and for refused ones. */
  sceneId: string | null;
  name: string;
  size: number;
  type: string;
  status: PhotoStatus;
  /** Why it cannot be used, in words for the photographer. */
  refusal: { code: string; reason: string } | null;
  width: number | null;
  height: number | null;
  takenAt: Date | null;
  /** Exposure value at ISO 100: one more is half the light. */
  ev: number | null;
  /** Seconds. */
  exposureTime: number | null;
  fNumber: number | null;
  iso: number | null;
  exposureBias: number | null;
  camera: string | null;
  /** Neither its date and exposure nor what it shows say which frames it belongs to. */
  ungrouped: boolean;
  /** One of more exposures of a view than a scene holds, so that they lie in several. */
  split: boolean;
  position: number;
  createdAt: Date;
  urls: { thumb: string | null; preview: string | null; original: string };
}
