import { z } from 'zod';
import type { PHOTO_STATUSES } from './table.ts';

export const PhotoRef = z.object({ photoId: z.string() });
export type PhotoRef = z.input<typeof PhotoRef>;

export const ListPhotos = z.object({ listingId: z.string() });
export type ListPhotos = z.input<typeof ListPhotos>;

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
  position: number;
  createdAt: Date;
  urls: { thumb: string | null; preview: string | null; original: string };
}
