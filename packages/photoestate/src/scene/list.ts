import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { latestVersions } from '../enhancement/latest.ts';
import { requireListing } from '../listing/internal.ts';
import { toPhoto } from '../photo/internal.ts';
import type { PhotoRow } from '../photo/table.ts';
import { framesOf, readyPhotos } from './internal.ts';
import { ListScenes, type Scene } from './schema.ts';
import { scene } from './table.ts';

/** A listing's scenes in order, with their frames and newest results. */
export async function listScenes(ctx: Context, input: ListScenes): Promise<Scene[]> {
  const { listingId } = ListScenes.parse(input);
  await requireListing(ctx, listingId, 'listing.read');
  const [scenes, photos] = await Promise.all([
    ctx.db
      .select()
      .from(scene)
      .where(and(eq(scene.listingId, listingId), isNull(scene.deletedAt)))
      .orderBy(asc(scene.position), asc(scene.id)),
    readyPhotos(ctx.db, listingId),
  ]);
  const frames = new Map<string, PhotoRow[]>();
  for (const row of photos) {
    if (row.sceneId === null) continue;
    frames.set(row.sceneId, [...(frames.get(row.sceneId) ?? []), row]);
  }
  const versions = await latestVersions(ctx, listingId, (sceneId) =>
    framesOf(frames.get(sceneId) ?? [], sceneId),
  );
  return scenes.map(({ id, position, label, rating, manual, settings }) => ({
    id,
    listingId,
    position,
    label,
    rating,
    manual,
    settings,
    photos: (frames.get(id) ?? []).map(toPhoto),
    enhancement: versions.newest.get(id) ?? null,
    result: versions.finished.get(id) ?? null,
  }));
}
