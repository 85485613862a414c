import type { Tx } from '@repo/foundation/db';
import { failpoint } from '@repo/foundation/failpoint';
import { eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { addressOf } from '../../file/address.ts';
import { type FileRow, file } from '../../file/table.ts';
import { derivative } from '../../image/table.ts';
import type { Storage } from '../../storage/storage.ts';
import { storageMove } from '../table.ts';
import { copyObject } from './copy-object.ts';
import {
  announceCopy,
  giveUp,
  keepCopy,
  lockCopy,
  READ_ON_MS,
  remember,
  takeOver,
} from './leftover.ts';
import { isHeld, type Turn } from './turn.ts';

/** The move was cancelled, or another process has taken it over. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

export interface MovingFile {
  turn: Turn;
  row: FileRow;
  from: Storage;
  to: Storage;
}

/**
 * Copies one file's bytes, then lets its row point at the copy. Until that one statement commits the
 * file is where it was, from then on it is at the target; both hold the same bytes meanwhile. What
 * must not stay is remembered in the same transaction. A file that is deleted meanwhile stays deleted.
 */
export async function moveFile(ctx: SlipwayContext, moving: MovingFile): Promise<void> {
  const { turn, row, from, to } = moving;
  const { toId } = turn.move;
  // There it gets bytes of its own, if it shared them.
  const place = { storageId: toId, key: addressOf(row) };
  const announced = await announceCopy(ctx, { row, toId });
  if (announced === null) return;
  failpoint('move.announced');
  await copyObject({
    row,
    from,
    to,
    openUploadId: announced.openUploadId,
    onOpened: (uploadId) => keepCopy(ctx, { place, uploadId }),
    async onProgress() {
      if (turn.signal.aborted) throw new TurnLost();
      await keepCopy(ctx, { place });
    },
    whileOurs: (removing) => whileOurs(ctx, { moving, removing }),
  });
  failpoint('move.copied');
  const moved = await ctx.db.transaction((tx) => switchOver(tx, ctx, moving));
  failpoint('move.switched');
  if (!moved) await giveUp(ctx, place);
}

/**
 * Who takes our turn over announces the copy before writing it, and so waits for this; whoever did so
 * already is seen here. Without that, what we remove could be the object that the file stands on by now.
 */
async function whileOurs(
  ctx: SlipwayContext,
  { moving, removing }: { moving: MovingFile; removing: () => Promise<void> },
): Promise<void> {
  const { turn, row } = moving;
  const { toId } = turn.move;
  await ctx.db.transaction(async (tx) => {
    const remembered = await lockCopy(tx, { storageId: toId, key: addressOf(row) });
    const [held] = await tx.select({ id: storageMove.id }).from(storageMove).where(isHeld(turn));
    if (!remembered || held === undefined) throw new TurnLost();
    const [now] = await tx.select().from(file).where(eq(file.id, row.id));
    if (now !== undefined && now.storageId === toId)
      throw new Error('the file stands on what was to be removed as half a copy');
    await removing();
  });
}

/** False when the file is no longer there to be moved. */
async function switchOver(tx: Tx, ctx: SlipwayContext, moving: MovingFile): Promise<boolean> {
  const { turn, row, from } = moving;
  const { toId } = turn.move;
  const [now] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
  if (now?.status !== 'ready' || now.storageId !== row.storageId) return false;
  const [counted] = await tx
    .update(storageMove)
    .set({
      movedFiles: sql`${storageMove.movedFiles} + 1`,
      movedBytes: sql`${storageMove.movedBytes} + ${row.size}`,
    })
    .where(isHeld(turn))
    .returning({ id: storageMove.id });
  if (counted === undefined) throw new TurnLost();
  if (!(await takeOver(tx, { storageId: toId, key: addressOf(row) })))
    throw new Error('the copy was given up before the file could be switched to it');
  await tx
    .update(file)
    .set({ storageId: toId, key: addressOf(row), address: null })
    .where(eq(file.id, row.id));
  await rememberRest(tx, ctx, { row: now, from });
  await forgetDerivatives(tx, ctx, row);
  failpoint('move.before-commit');
  return true;
}

/** The bytes stay for those who are reading them; a client's old URL may bring others after that. */
async function rememberRest(
  tx: Tx,
  ctx: SlipwayContext,
  { row, from }: { row: FileRow; from: Storage },
): Promise<void> {
  const dueAt = new Date(ctx.now().getTime() + READ_ON_MS);
  const over = new Date(row.expiresAt.getTime() + from.grace.eraseMs);
  const openUntil = over > dueAt ? over : null;
  for (const key of [row.key, row.incomingKey]) {
    const { storageId, projectId } = row;
    if (key !== null) await remember(tx, { storageId, key, projectId, dueAt, openUntil });
  }
}

/** Pictures that were made from it are made anew, beside the file. */
async function forgetDerivatives(tx: Tx, ctx: SlipwayContext, row: FileRow): Promise<void> {
  const dueAt = new Date(ctx.now().getTime() + READ_ON_MS);
  const gone = await tx
    .delete(derivative)
    .where(eq(derivative.fileId, row.id))
    .returning({ key: derivative.key, storageId: derivative.storageId });
  for (const place of gone) await remember(tx, { ...place, projectId: row.projectId, dueAt });
}
