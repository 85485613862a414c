import { z } from '@hono/zod-openapi';
import { time, timeOf, timeOrNull } from '../api/rest.ts';
import type { Photo } from './schema.ts';
import { PHOTO_STATUSES } from './table.ts';

/** A photo as the REST API tells of it. */
export const PhotoView = z
  .object({
    id: z.string().openapi({ example: 'pho_8gKq2ZrT0yVbN4mXc1LwHd' }),
    listingId: z.string(),
    sceneId: z.string().nullable().openapi({ description: 'Null until it is sorted into a scene' }),
    name: z.string(),
    size: z.number(),
    type: z.string(),
    status: z.enum(PHOTO_STATUSES).openapi({
      description: 'uploaded: not looked at yet. refused: it cannot be used; refusal says why',
    }),
    refusal: z.object({ code: z.string(), reason: z.string() }).nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    takenAt: time.nullable(),
    ev: z.number().nullable().openapi({ description: 'Exposure value at ISO 100' }),
    exposureTime: z.number().nullable().openapi({ description: 'Seconds' }),
    fNumber: z.number().nullable(),
    iso: z.number().nullable(),
    camera: z.string().nullable(),
    position: z.number(),
    createdAt: time,
  })
  .openapi('Photo');

export function photoView(photo: Photo): z.infer<typeof PhotoView> {
  return {
    id: photo.id,
    listingId: photo.listingId,
    sceneId: photo.sceneId,
    name: photo.name,
    size: photo.size,
    type: photo.type,
    status: photo.status,
    refusal: photo.refusal,
    width: photo.width,
    height: photo.height,
    takenAt: timeOrNull(photo.takenAt),
    ev: photo.ev,
    exposureTime: photo.exposureTime,
    fNumber: photo.fNumber,
    iso: photo.iso,
    camera: photo.camera,
    position: photo.position,
    createdAt: timeOf(photo.createdAt),
  };
}
