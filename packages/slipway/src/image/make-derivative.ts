import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failpoint } from '@repo/foundation/failpoint';
import { withWorkDir } from '@repo/foundation/work-dir';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { openFile } from '../delivery/open-file.ts';
import { slipwayError } from '../errors.ts';
import { newObjectKey } from '../file/internal.ts';
import { type FileRow, file } from '../file/table.ts';
import type { Storage } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';
import { evictDerivatives, THUMBNAIL } from './evict-derivatives.ts';
import { type Rendition, specOf } from './rendition.ts';
import { type Derivative, derivative } from './table.ts';

/** Larger originals are not brought here for a picture of them. */
const MAX_ORIGINAL_BYTES = 256 * 1024 ** 2;

interface Making {
  row: FileRow;
  rendition: Rendition;
  spec: string;
}

interface Made {
  values: Omit<typeof derivative.$inferInsert, 'createdAt'>;
  /** What a decoder saw of the original. */
  seen: { width: number; height: number; thumbhash?: string };
}

/**
 * Makes a picture and stores it beside its original, under a key of its own: first the object, then
 * the row. What a crash leaves between both is an object that no row names, which reconciling removes.
 */
export async function makeDerivative(ctx: SlipwayContext, making: Making): Promise<Derivative> {
  const storage = await ctx.storages.of(making.row.storageId);
  const made = await render(ctx, { ...making, storage });
  failpoint('derivative.stored');
  const { row, unwanted } = await record(ctx, made);
  for (const { key, storageId } of unwanted) await discard(ctx, { key, storageId });
  if (row === undefined) throw slipwayError('not_found', 'There is no such file.');
  return row;
}

async function render(
  ctx: SlipwayContext,
  { row, rendition, spec, storage }: Making & { storage: Storage },
): Promise<Made> {
  const { workDir, processor } = ctx.images;
  return withWorkDir(workDir, row.id, async (dir) => {
    const [input, output] = [join(dir, 'original'), join(dir, 'made')];
    await download(ctx, row, input);
    const rendered = await processor.render({
      ...rendition,
      ...{ input, output, thumbhash: spec === specOf(THUMBNAIL) },
    });
    const { contentType: type, width, height, source, thumbhash } = rendered;
    const body = await readFile(output);
    const key = newObjectKey(row.projectId, type.replace('/', '.'));
    await storage.put({ key, type, body });
    const sha256 = createHash('sha256').update(body).digest('hex');
    const { id: fileId, storageId } = row;
    return {
      values: { fileId, spec, key, storageId, size: body.length, type, sha256, width, height },
      seen: { ...source, ...(thumbhash !== undefined && { thumbhash }) },
    };
  });
}

/** Of damaged bytes no picture is made: they are compared with their digest on the way, as for everybody. */
async function download(ctx: SlipwayContext, row: FileRow, path: string): Promise<void> {
  if (row.size > MAX_ORIGINAL_BYTES) {
    const most = MAX_ORIGINAL_BYTES / 1024 ** 2;
    throw slipwayError(
      'image_too_large',
      `Expected a picture of up to ${most} MiB; this one has ${Math.ceil(row.size / 1024 ** 2)}.`,
    );
  }
  const stream = await openFile(ctx, { row, range: undefined });
  if (stream === null) {
    throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
  }
  await pipeline(stream, createWriteStream(path, { mode: 0o600 })).catch((error: unknown) => {
    throw storageUnavailable(error);
  });
}

/** Undefined when the file ended meanwhile; with it the objects that nobody needs any more. */
async function record(
  ctx: SlipwayContext,
  { values: made, seen }: Made,
): Promise<{ row: Derivative | undefined; unwanted: Pick<Derivative, 'key' | 'storageId'>[] }> {
  const own = { key: made.key, storageId: made.storageId ?? null };
  return ctx.db.transaction(async (tx) => {
    // Whoever ends the file waits for this, or this finds it ended: no picture outlives its file.
    const [alive] = await tx
      .select({ width: file.width, height: file.height, thumbhash: file.thumbhash })
      .from(file)
      .where(and(eq(file.id, made.fileId), eq(file.status, 'ready')))
      .for('no key update');
    if (alive === undefined) return { row: undefined, unwanted: [own] };
    const isNews = alive.width !== seen.width || alive.height !== seen.height;
    if (isNews || (seen.thumbhash !== undefined && seen.thumbhash !== alive.thumbhash))
      await tx.update(file).set(seen).where(eq(file.id, made.fileId));
    const [row] = await tx.insert(derivative).values(made).onConflictDoNothing().returning();
    if (row !== undefined) return { row, unwanted: await evictDerivatives(tx, made.fileId) };
    // The lock was lost on the way, and another process was faster.
    const [other] = await tx
      .select()
      .from(derivative)
      .where(and(eq(derivative.fileId, made.fileId), eq(derivative.spec, made.spec)));
    return { row: other, unwanted: [own] };
  });
}

async function discard(
  ctx: SlipwayContext,
  { key, storageId }: Pick<Derivative, 'key' | 'storageId'>,
): Promise<void> {
  try {
    await (await ctx.storages.of(storageId)).delete(key);
  } catch (error) {
    // Reconciling removes it: no row names it any more.
    ctx.log.warn({ err: error, key }, 'a picture that nobody needs could not be removed yet');
  }
}
