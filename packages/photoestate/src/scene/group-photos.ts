import { type FrameGroups, groupFramesAside } from '@repo/engine';
import { inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type PhotoRow, photoFingerprint } from '../photo/table.ts';

/** Every photo of a listing lies in a scene, also one of which nothing is known. */
export type PhotoGroups = Omit<FrameGroups, 'ungrouped'>;

/** Which frames belong together, by what their EXIF says of time and exposure, and by what they show. */
export async function groupPhotos(
  ctx: Context,
  photos: readonly PhotoRow[],
  signal: AbortSignal,
): Promise<PhotoGroups> {
  const fingerprints = await fingerprintsOf(ctx, photos);
  const { scenes, ungrouped, twins, notes } = await groupFramesAside(
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
    { signal },
  );
  return { scenes: [...scenes, ...scenesOfTheirOwn(ungrouped, twins)], twins, notes };
}

/** One for each frame; the other file of a RAW and JPEG pair stays with the one that is used. */
function scenesOfTheirOwn(ids: readonly string[], twins: FrameGroups['twins']): string[][] {
  const spares = new Set(twins.map(({ spare }) => spare));
  return ids
    .filter((id) => !spares.has(id))
    .map((id) => [id, ...twins.filter(({ used }) => used === id).map(({ spare }) => spare)]);
}

async function fingerprintsOf(
  ctx: Context,
  photos: readonly PhotoRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = photos.map(({ id }) => id);
  const rows = await ctx.db
    .select()
    .from(photoFingerprint)
    .where(inArray(photoFingerprint.photoId, ids));
  return new Map(rows.map(({ photoId, fingerprint }) => [photoId, fingerprint]));
}
