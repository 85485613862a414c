import type { Tx } from '@repo/foundation/db';
import { failpoint } from '@repo/foundation/failpoint';
import { and, asc, eq, lte } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { needsBytes, standsOn } from '../../file/address.ts';
import { file } from '../../file/table.ts';
import { derivative } from '../../image/table.ts';
import { storageLeftover } from '../table.ts';
import { inStorage } from './leftover.ts';
import { createPlaces } from './same-place.ts';

const LANES = 4;
/** A storage that could not be reached is asked again after so long. */
const AGAIN_MS = 10 * 60_000;

type Leftover = typeof storageLeftover.$inferSelect;
type Places = ReturnType<typeof createPlaces>;

/**
 * Removes what moves left behind and what is due. Each under a lock on its own row, so that nobody
 * copies an object to where it is just being removed. Returns how many were looked at.
 */
export async function clearLeftovers(
  ctx: SlipwayContext,
  { projectId, stop }: { projectId?: string; stop?: AbortSignal } = {},
): Promise<number> {
  let cleared = 0;
  const places = new Map<string, Places>();
  const placesOf = (id: string) => {
    const known = places.get(id) ?? createPlaces({ projectId: id });
    places.set(id, known);
    return known;
  };
  async function lane(): Promise<void> {
    while (stop?.aborted !== true) {
      const found = await ctx.db.transaction(async (tx) => {
        const leftover = await takeDue(tx, { now: ctx.now(), projectId });
        if (leftover === undefined) return false;
        await clearOne(tx, ctx, { leftover, isSamePlace: placesOf(leftover.projectId) });
        return true;
      });
      if (!found) return;
      cleared += 1;
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  return cleared;
}

async function takeDue(
  tx: Tx,
  { now, projectId }: { now: Date; projectId: string | undefined },
): Promise<Leftover | undefined> {
  const [leftover] = await tx
    .select()
    .from(storageLeftover)
    .where(
      and(
        lte(storageLeftover.dueAt, now),
        projectId === undefined ? undefined : eq(storageLeftover.projectId, projectId),
      ),
    )
    .orderBy(asc(storageLeftover.dueAt), asc(storageLeftover.id))
    .limit(1)
    .for('update', { skipLocked: true });
  return leftover;
}

async function clearOne(
  tx: Tx,
  ctx: SlipwayContext,
  { leftover, isSamePlace }: { leftover: Leftover; isSamePlace: Places },
): Promise<void> {
  const { id, storageId, key, uploadId, openUntil } = leftover;
  const again = (dueAt: Date) =>
    tx.update(storageLeftover).set({ dueAt }).where(eq(storageLeftover.id, id));
  try {
    if (!(await isInUse(tx, ctx, { leftover, isSamePlace }))) {
      const storage = await ctx.storages.of(storageId);
      if (uploadId !== null) await storage.abortMultipart({ key, uploadId });
      await storage.delete(key);
      failpoint('leftover.removed');
    }
  } catch (error) {
    ctx.log.warn({ err: error, storageId, key }, 'what a move left could not be removed yet');
    await again(new Date(ctx.now().getTime() + AGAIN_MS));
    return;
  }
  if (openUntil !== null && openUntil > ctx.now()) await again(openUntil);
  else await tx.delete(storageLeftover).where(eq(storageLeftover.id, id));
}

/**
 * Whether a row stands for this very object after all. Moves never leave it so; asked all the same,
 * because what is deleted here is not to be had again.
 */
async function isInUse(
  tx: Tx,
  ctx: SlipwayContext,
  { leftover, isSamePlace }: { leftover: Leftover; isSamePlace: Places },
): Promise<boolean> {
  const { storageId, key } = leftover;
  const [picture] = await tx
    .select({ key: derivative.key })
    .from(derivative)
    .where(and(eq(derivative.key, key), inStorage(derivative.storageId, storageId)));
  if (picture !== undefined) return true;
  // Several, where files share their bytes.
  const rows = await tx
    .selectDistinct({ storageId: file.storageId })
    .from(file)
    .where(and(standsOn(key), needsBytes));
  if (rows.some((row) => row.storageId === storageId)) return true;
  const here = await ctx.storages.of(storageId);
  for (const row of rows)
    if (await isSamePlace(await ctx.storages.of(row.storageId), here)) return true;
  return false;
}
