import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { effectiveRules } from '../file/effective-rules.ts';
import { type Counting, reserve } from '../file/limits.ts';
import { file } from '../file/table.ts';
import { checkPlanSize, planOf } from '../plan/plan-of.ts';
import { checkScannable } from '../scan/check-scannable.ts';
import { checkLimits, largestFile } from './limits.ts';
import { tusUpload } from './table.ts';
import type { TusUpload } from './upload.ts';

/** An upload of unknown length reserves so much more at a time, while the project has it. */
const STEPS = [64, 8, 1].map((mebibytes) => mebibytes * 1024 ** 2);

async function countingOf(ctx: SlipwayContext, { project }: TusUpload): Promise<Counting> {
  return { plan: await planOf(ctx, project.organizationId), now: ctx.now() };
}

/** The most bytes that this upload may have. */
export function mostBytes({ tus, project }: TusUpload): number {
  return tus.length ?? largestFile(project.rules, tus.state);
}

/**
 * Says how long an upload is that began without.
 *
 * @throws `bad_request`, `file_too_large`, `storage_limit_reached`.
 */
export async function declareLength(
  ctx: SlipwayContext,
  { upload, length }: { upload: TusUpload; length: number },
): Promise<void> {
  const { row, tus, project } = upload;
  if (tus.length === length) return;
  if (tus.length !== null || length < tus.offset) {
    throw slipwayError(
      'bad_request',
      tus.length === null
        ? `Expected Upload-Length to be at least the ${tus.offset} bytes that are here, received ${length}.`
        : `This upload has ${tus.length} bytes; its length cannot change to ${length}.`,
    );
  }
  const piece = row.uploadKind === 'tus_partial';
  const limits = { maxSize: tus.state.maxSize };
  const held = effectiveRules(project.rules, { route: row.route ?? undefined }, { now: ctx.now() });
  const rules = { ...held, minSize: Math.max(held.minSize, tus.state.minSize ?? 0) };
  checkLimits({ ...row, size: length, piece, sized: true }, { rules, limits });
  if (!piece) checkScannable(ctx, { size: length, policy: project.rules.scan });
  const by = await countingOf(ctx, upload);
  checkPlanSize(length, by.plan);
  await ctx.db.transaction(async (tx) => {
    if (length > row.size)
      await reserve(tx, {
        projectId: project.id,
        uploader: row.uploader,
        isTest: row.isTest,
        ...by,
        files: 0,
        bytes: length - row.size,
      });
    await tx.update(file).set({ size: length, sizeDeferred: false }).where(eq(file.id, row.id));
    await tx.update(tusUpload).set({ length }).where(eq(tusUpload.fileId, row.id));
  });
  row.size = length;
  tus.length = length;
}

/**
 * Makes sure that the project has room for an upload to become `bytes` long, before these are taken.
 *
 * @throws `storage_limit_reached`.
 */
export async function makeRoom(
  ctx: SlipwayContext,
  { upload, bytes }: { upload: TusUpload; bytes: number },
): Promise<void> {
  const { row } = upload;
  const wishes = [...STEPS.map((step) => Math.min(row.size + step, mostBytes(upload))), bytes];
  const enough = wishes.filter((size) => size >= bytes);
  for (const size of enough) {
    try {
      return await reserveUpTo(ctx, { upload, size });
    } catch (error) {
      if (size === enough.at(-1)) throw error;
    }
  }
}

async function reserveUpTo(
  ctx: SlipwayContext,
  { upload, size }: { upload: TusUpload; size: number },
): Promise<void> {
  const { row, project } = upload;
  const by = await countingOf(ctx, upload);
  await ctx.db.transaction(async (tx) => {
    await reserve(tx, {
      projectId: project.id,
      uploader: row.uploader,
      isTest: row.isTest,
      ...by,
      files: 0,
      bytes: size - row.size,
    });
    await tx.update(file).set({ size }).where(eq(file.id, row.id));
  });
  row.size = size;
}
