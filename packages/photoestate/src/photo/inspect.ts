import { join } from 'node:path';
import type { FrameLight, InspectedMessage } from '@repo/engine';
import type { JobRun } from '@repo/foundation/jobs';
import { withWorkDir } from '@repo/foundation/work-dir';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { failureOf, isEnd } from '../work/failure.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import { isRetryable } from '../work/retryable.ts';
import { ourFault, refusePhoto, settlePhoto } from './settle.ts';
import { type PhotoRow, photo } from './table.ts';

const MAX_MS = 120_000;
const SIZES = [
  { name: 'thumb', maxWidth: 480, format: 'webp', quality: 80 },
  { name: 'preview', maxWidth: 2048, format: 'jpeg', quality: 85 },
] as const;

interface Inspection {
  info: InspectedMessage['info'];
  fingerprint: string;
  light: FrameLight;
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
  if (row?.status === 'uploaded') await lookAt(ctx, row, run);
}

async function lookAt(ctx: Context, row: PhotoRow, run: JobRun): Promise<void> {
  const signal = AbortSignal.any([run.signal, ctx.stopping]);
  let inspection: Inspection;
  try {
    inspection = await withWorkDir(ctx.engine.workDir, row.id, (dir) =>
      inspect(ctx, row, { dir, signal }),
    );
  } catch (error) {
    // The process stops, which says nothing of the photo: another worker takes it up.
    ctx.stopping.throwIfAborted();
    const failure = failureOf(error, run.signal);
    const { code } = failure;
    const ended = isEnd(failure, { attempt: run.attempt + 1, last: run.lastAttempt });
    // Nor does a storage out of reach: the sweep has it looked at again.
    if (!ended || code === 'storage_unavailable') throw error;
    ctx.log.warn({ err: error, photoId: row.id, code }, 'a photo was refused');
    await refusePhoto(ctx, row, isRetryable(code) ? { code, reason: ourFault(row.name) } : failure);
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
  const {
    info,
    fingerprint,
    light,
    outputs: written,
  } = await ctx.engine.runner.run(
    { type: 'inspect', frame: { name: row.name, path }, outputs },
    // A RAW file is developed whole, however small the copies are.
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
    return { info, fingerprint, light, thumbFileId, previewFileId: await store(preview) };
  } catch (error) {
    await discardFiles(ctx, [thumbFileId]);
    throw error;
  }
}

/** False when the photo is settled or deleted already: another run was faster. */
async function recordInspection(
  ctx: Context,
  row: PhotoRow,
  { info, fingerprint, light, thumbFileId, previewFileId }: Inspection,
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
  return settlePhoto(ctx, row, {
    ...facts,
    seen: { fingerprint, light },
    status: 'ready',
    takenAt: info.takenAt === null ? null : new Date(info.takenAt),
    thumbFileId,
    previewFileId,
  });
}
