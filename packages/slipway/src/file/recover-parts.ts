import { and, count, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import type { Project } from '../project/table.ts';
import type { MultipartRef, Storage } from '../storage/storage.ts';
import { sizeOfPart } from './part-layout.ts';
import { type FileRow, file, fileTransition } from './table.ts';
import { transition } from './transition.ts';

/** In the history: some parts are needed again. */
export const PARTS_DAMAGED = 'parts_damaged';
/** Whoever sends wrong bytes so often does not mean to send right ones, and each time all is read. */
const MOST_RECOVERIES = 20;
/** Copies at once. */
const AT_ONCE = 4;

/**
 * After reading an object back of which some parts are not what was announced, where nobody compared
 * them as they came: the good ones become parts of a new upload, by copies inside the storage, and
 * the file goes back to waiting for the others alone. Null when that is not possible.
 *
 * The object stays where it is until the new upload is completed over it: nobody is served a file
 * that is not ready, and whoever looked at the same object at the same time must still find it.
 */
export async function recoverParts(
  ctx: SlipwayContext,
  input: { row: FileRow; project: Project; storage: Storage; damaged: number[] },
): Promise<FileRow | null> {
  const { row, storage, damaged } = input;
  const { partSize } = row;
  if (partSize === null || !(await isWorthIt(ctx, input))) return null;
  const { key, type } = row;
  // Parts with digests are not told apart here: none are compared at this storage.
  const uploadId = await storage.createMultipart({ key, type, digests: true });
  try {
    const good = Array.from({ length: Math.ceil(row.size / partSize) }, (_, index) => index + 1);
    const numbers = good.filter((number) => !damaged.includes(number));
    await copyParts(storage, {
      to: { key, uploadId },
      file: { size: row.size, partSize },
      numbers,
    });
    const changed = await reopen(ctx, { ...input, uploadId });
    if (changed !== null) return changed;
  } catch (error) {
    await giveUp(ctx, storage, { key, uploadId });
    throw error;
  }
  // Somebody else has settled the file, or opened it again.
  await giveUp(ctx, storage, { key, uploadId });
  const [now] = await ctx.db.select().from(file).where(eq(file.id, row.id));
  return now ?? null;
}

async function isWorthIt(
  ctx: SlipwayContext,
  { row, storage }: { row: FileRow; storage: Storage },
): Promise<boolean> {
  const { copyPart, multipart } = await storage.capabilities();
  if (!copyPart || !multipart || row.uploadKind !== 'multipart') return false;
  if (ctx.now() >= row.expiresAt) return false;
  const [before] = await ctx.db
    .select({ times: count() })
    .from(fileTransition)
    .where(and(eq(fileTransition.fileId, row.id), eq(fileTransition.reason, PARTS_DAMAGED)));
  return (before?.times ?? 0) < MOST_RECOVERIES;
}

async function copyParts(
  storage: Storage,
  input: { to: MultipartRef; file: { size: number; partSize: number }; numbers: number[] },
): Promise<void> {
  const { to, file: whole, numbers } = input;
  const rest = [...numbers];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let number = rest.shift(); number !== undefined; number = rest.shift()) {
        const start = (number - 1) * whole.partSize;
        const end = start + sizeOfPart(number, whole) - 1;
        await storage.copyPart({ ...to, number, from: to.key, range: { start, end } });
      }
    }),
  );
}

/** Null when the file is not what was looked at any more. */
async function reopen(
  ctx: SlipwayContext,
  input: { row: FileRow; project: Project; damaged: number[]; uploadId: string },
): Promise<FileRow | null> {
  const { row, project, damaged, uploadId } = input;
  return ctx.db.transaction(async (tx) => {
    const [now] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
    if (now?.status !== 'verifying' || now.uploadId !== row.uploadId) return null;
    const changed = await transition(tx, ctx, {
      fileId: row.id,
      project,
      to: 'pending',
      reason: {
        code: PARTS_DAMAGED,
        message: `Not what was announced, and needed again: parts ${damaged.join(', ')}.`,
      },
      set: { uploadId },
    });
    return changed ?? null;
  });
}

async function giveUp(ctx: SlipwayContext, storage: Storage, upload: MultipartRef): Promise<void> {
  await storage.abortMultipart(upload).catch((error: unknown) => {
    ctx.log.warn({ err: error, key: upload.key }, 'an upload could not be aborted yet');
  });
}
