import { type FrameGroups, groupFrames } from '@repo/engine';
import type { Tx } from '@repo/foundation/db';
import { inArray } from 'drizzle-orm';
import { type PhotoRow, photoFingerprint } from '../photo/table.ts';

/** Which frames belong together, by what their EXIF says of time and exposure, and by what they show. */
export async function groupPhotos(tx: Tx, photos: readonly PhotoRow[]): Promise<FrameGroups> {
  const fingerprints = await fingerprintsOf(tx, photos);
  return groupFrames(
    photos.map((row) => ({
      id: row.id,
      name: row.name,
      takenAt: row.takenAt?.toISOString() ?? null,
      ev: row.ev,
      exposureBias: row.exposureBias,
      exposureTime: row.exposureTime,
      exposureMode: row.exposureMode,
      width: row.width ?? 0,
      height: row.height ?? 0,
      camera: row.camera,
      fingerprint: fingerprints.get(row.id) ?? null,
    })),
  );
}

async function fingerprintsOf(
  tx: Tx,
  photos: readonly PhotoRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = photos.map(({ id }) => id);
  const rows = await tx
    .select()
    .from(photoFingerprint)
    .where(inArray(photoFingerprint.photoId, ids));
  return new Map(rows.map(({ photoId, fingerprint }) => [photoId, fingerprint]));
}
