import { join } from 'node:path';
import { type InspectedMessage, runEngineChild } from '@repo/engine';
import { recordAudit } from '@repo/foundation/audit';
import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { regroupListing } from '../scene/regroup.ts';
import { type Failure, failureOf, isEnd } from '../work/failure.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import { withWorkDir } from '../work/work-dir.ts';
import { requirePhoto } from './internal.ts';
import { type PhotoRow, photo } from './table.ts';

const MAX_MS = 120_000;
const SIZES = [
  { name: 'thumb', maxWidth: 480, format: 'webp', quality: 80 },
  { name: 'preview', maxWidth: 2048, format: 'jpeg', quality: 85 },
] as const;

interface Inspection {
  info: InspectedMessage['info'];
  thumbFileId: string;
  previewFileId: string;
}

/** Handler of `photo.inspect`. Run twice, even at once, it leaves one outcome. */
export async function inspectPhoto(
  ctx: Context,
  { photoId }: { photoId: string },
  run: JobRun,
): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(photo)
    .where(and(eq(photo.id, photoId), isNull(photo.deletedAt)));
  if (row === undefined) return;
  if (row.status === 'uploaded') await settlePhoto(ctx, row, run);
  await regroupListing(ctx, row.listingId);
}

async function settlePhoto(ctx: Context, row: PhotoRow, run: JobRun): Promise<void> {
  const signal = AbortSignal.any([run.signal, ctx.stopping]);
  let inspection: Inspection;
  try {
    inspection = await withWorkDir(ctx, row.id, (dir) => inspect(ctx, row, { dir, signal }));
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error);
    if (!isEnd(failure, { attempt: run.attempt + 1, last: false })) throw error;
    await refusePhoto(ctx, row, failure);
    return;
  }
  const { thumbFileId, previewFileId } = inspection;
  let recorded = false;
  try {
    recorded = await recordInspection(ctx, row, inspection);
  } finally {
    if (!recorded) await discardFiles(ctx, [thumbFileId, previewFileId]);
  }
}

async function inspect(
  ctx: Context,
  row: PhotoRow,
  { dir, signal }: { dir: string; signal: AbortSignal },
): Promise<Inspection> {
  const path = join(dir, 'original');
  await downloadFile(ctx, row, { path, signal });
  const outputs = SIZES.map((size) => ({
    ...size,
    path: join(dir, `${size.name}.${size.format}`),
  }));
  const { info, outputs: written } = await runEngineChild(
    { type: 'inspect', frame: { name: row.name, path }, outputs },
    { timeoutMs: MAX_MS, maxRssMb: ctx.engine.maxMemoryMb, signal },
  );
  const store = async (size: (typeof SIZES)[number]): Promise<string> => {
    const output = written.find((entry) => entry.name === size.name);
    if (output === undefined) throw new Error(`the engine wrote no ${size.name}`);
    const name = `${row.id}-${size.name}.${size.format === 'jpeg' ? 'jpg' : size.format}`;
    const metadata = { kind: size.name, photoId: row.id };
    const type = `image/${size.format}`;
    return uploadFile(ctx, { ...output, name, type, metadata }, signal);
  };
  const [thumb, preview] = SIZES;
  const thumbFileId = await store(thumb);
  try {
    return { info, thumbFileId, previewFileId: await store(preview) };
  } catch (error) {
    await discardFiles(ctx, [thumbFileId]);
    throw error;
  }
}

/** False when the photo is settled or deleted already: another run was faster. */
async function recordInspection(
  ctx: Context,
  row: PhotoRow,
  { info, thumbFileId, previewFileId }: Inspection,
): Promise<boolean> {
  const { width, height, ev, exposureTime, fNumber, iso, exposureBias, exposureMode, camera } =
    info;
  const facts = {
    width,
    height,
    ev,
    exposureTime,
    fNumber,
    iso,
    exposureBias,
    exposureMode,
    camera,
  };
  return settle(ctx, row, {
    ...facts,
    status: 'ready',
    takenAt: info.takenAt === null ? null : new Date(info.takenAt),
    thumbFileId,
    previewFileId,
  });
}

async function refusePhoto(ctx: Context, row: PhotoRow, { code, reason }: Failure): Promise<void> {
  await settle(ctx, row, { status: 'refused', refusalCode: code, refusalReason: reason });
}

async function settle(
  ctx: Context,
  row: PhotoRow,
  change: Partial<PhotoRow> & { status: 'ready' | 'refused' },
): Promise<boolean> {
  const { listing } = await requirePhoto(ctx, row.id);
  return ctx.db.transaction(async (tx) => {
    const settled = await tx
      .update(photo)
      .set(change)
      .where(and(eq(photo.id, row.id), eq(photo.status, 'uploaded'), isNull(photo.deletedAt)))
      .returning({ id: photo.id });
    if (settled.length === 0) return false;
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: `photo.${change.status}`,
      entityId: row.id,
      data: { listingId: row.listingId, refusal: change.refusalCode ?? null },
    });
    await publishListingEvent(tx, ctx, {
      type: 'photo',
      listingId: row.listingId,
      photoId: row.id,
    });
    return true;
  });
}
