import type { Tx } from '@repo/foundation/db';
import { AppError } from '@repo/foundation/errors';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { framesOf, readyPhotos, scenesOf } from '../scene/internal.ts';
import { reserveFor } from './credits.ts';
import { isSameLight, isSameLook, type Look, settleLook } from './engine-options.ts';
import { ACTIVE, sameFrames, toEnhancement } from './internal.ts';
import { type ListingLights, listingLights } from './listing-light.ts';
import { type StartedListing, StartListing } from './schema.ts';
import { startIn } from './start-in.ts';
import { type EnhancementRow, enhancement } from './table.ts';

/**
 * Queues every scene that has no current result in this look: one of the frames that the scene has now, in the
 * light that the listing agrees on now. Scenes that cannot be enhanced are left out with their reason.
 * When there are too few credits for all of them, nothing is started. `startIn` writes the audit entries and jobs.
 */
export async function enhanceListing(ctx: Context, input: StartListing): Promise<StartedListing> {
  const { listingId, ...wish } = StartListing.parse(input);
  const look = settleLook(wish);
  await requireListing(ctx, listingId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    const listing = await lockListing(tx, listingId);
    const { todo, lights, scenes } = await scenesToStart(tx, listingId, look);
    const result: StartedListing = { started: [], skipped: [] };
    const rows: EnhancementRow[] = [];
    for (const { sceneId, frames } of todo) {
      try {
        const row = await startIn(tx, ctx, { listing, sceneId, frames, lights, ...look });
        rows.push(row);
        result.started.push(toEnhancement(row, { sceneId, frames }));
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        result.skipped.push({ sceneId, code: error.code, reason: error.message });
      }
    }
    if (result.started.length === 0 && result.skipped.length === 0) {
      throw appError('nothing_to_enhance', nothingToDo(scenes, look.preset));
    }
    await reserveFor(tx, ctx, { listing, rows });
    return result;
  });
}

interface ScenesToStart {
  all: { sceneId: string; frames: string[] }[];
  todo: { sceneId: string; frames: string[] }[];
  lights: ListingLights;
  /** How many the listing has. */
  scenes: number;
}

/** The scenes that have no current result in this look. */
export async function scenesToStart(tx: Tx, listingId: string, look: Look): Promise<ScenesToStart> {
  const scenes = await scenesOf(tx, listingId);
  const photos = await readyPhotos(tx, listingId);
  const lights = await listingLights(tx, scenes, photos);
  const versions = await currentVersions(tx, listingId);
  const all = scenes.map(({ id }) => ({ sceneId: id, frames: framesOf(photos, id) }));
  const todo = all.filter(({ sceneId, frames }) => {
    const version = versions.find(
      (row) => isSameLook(row, look) && sameFrames(row.inputPhotoIds, frames),
    );
    return version === undefined || !isSameLight(version, look, lights.get(sceneId));
  });
  return { all, todo, lights, scenes: scenes.length };
}

/** What is done, or on its way there; first what is shown first. */
async function currentVersions(tx: Tx, listingId: string): Promise<EnhancementRow[]> {
  return tx
    .select()
    .from(enhancement)
    .where(
      and(eq(enhancement.listingId, listingId), inArray(enhancement.status, [...ACTIVE, 'done'])),
    )
    .orderBy(
      desc(inArray(enhancement.status, [...ACTIVE])),
      desc(enhancement.createdAt),
      desc(enhancement.id),
    );
}

function nothingToDo(scenes: number, preset: string): string {
  if (scenes === 0) return 'There are no scenes yet: upload photos first.';
  return `Every scene has a finished photo in the look “${preset}”, or is on its way there.`;
}
