import { join } from 'node:path';
import type { EnhanceOptions, FramePath, WrittenOutput } from '@repo/engine';
import type { JobRun } from '@repo/foundation/jobs';
import { withWorkDir } from '@repo/foundation/work-dir';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { FIRST_LOOK } from '../enhancement/first-look.ts';
import { photo } from '../photo/table.ts';
import { failureOf, isEnd } from '../work/failure.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import { WorkError } from '../work/work-error.ts';
import { type LookPreviewRow, lookPreview } from './table.ts';

const MAX_MS = 60_000;

/**
 * Handler of `look.preview`: the first look that the engine would show of the photo, made from the frames' small
 * copies, so that it is there within seconds and takes little from those who pay.
 */
export async function makePreview(
  ctx: Context,
  { previewId }: { previewId: string },
  run: JobRun,
): Promise<void> {
  const [row] = await ctx.db.select().from(lookPreview).where(eq(lookPreview.id, previewId));
  if (row?.status !== 'queued') return;
  const signal = AbortSignal.any([run.signal, ctx.stopping]);
  try {
    await withWorkDir(ctx.engine.workDir, row.id, (dir) => make(ctx, row, { dir, signal }));
  } catch (error) {
    ctx.stopping.throwIfAborted();
    const failure = failureOf(error, run.signal);
    if (!isEnd(failure, { attempt: run.attempt + 1, last: run.lastAttempt })) throw error;
    ctx.log.warn({ err: error, previewId, code: failure.code }, 'a preview failed');
    await ctx.db
      .update(lookPreview)
      .set({ status: 'failed', failureReason: failure.reason })
      .where(and(eq(lookPreview.id, previewId), eq(lookPreview.status, 'queued')));
  }
}

interface Place {
  dir: string;
  signal: AbortSignal;
}

async function make(ctx: Context, row: LookPreviewRow, { dir, signal }: Place): Promise<void> {
  const frames = await fetchSmall(ctx, row, { dir, signal });
  const look = await firstLookOf(ctx, { row, frames, dir, signal });
  const fileId = await uploadFile(
    ctx,
    {
      ...{ path: look.path, sha256: look.sha256, name: `${row.id}.jpg`, type: 'image/jpeg' },
      metadata: { kind: 'look-preview', previewId: row.id },
    },
    signal,
  );
  const { width, height } = look;
  const named = await ctx.db
    .update(lookPreview)
    .set({ status: 'done', fileId, width, height })
    .where(and(eq(lookPreview.id, row.id), eq(lookPreview.status, 'queued')))
    .returning({ id: lookPreview.id });
  if (named.length === 0) await discardFiles(ctx, [fileId]);
}

async function fetchSmall(
  ctx: Context,
  row: LookPreviewRow,
  { dir, signal }: Place,
): Promise<FramePath[]> {
  const photos = await ctx.db
    .select()
    .from(photo)
    .where(and(inArray(photo.id, row.inputPhotoIds), isNull(photo.deletedAt)));
  return Promise.all(
    row.inputPhotoIds.map(async (id, index) => {
      const found = photos.find((each) => each.id === id);
      if (found?.previewFileId == null) {
        throw new WorkError('photo_deleted', 'A photo of this scene was deleted meanwhile.');
      }
      const path = join(dir, `frame-${index}`);
      await downloadFile(ctx, { fileId: found.previewFileId, name: found.name }, { path, signal });
      return { name: found.name, path };
    }),
  );
}

/** The engine is stopped as soon as it has shown it: nobody wants the photo at full size yet. */
async function firstLookOf(
  ctx: Context,
  { row, frames, dir, signal }: Place & { row: LookPreviewRow; frames: FramePath[] },
): Promise<WrittenOutput> {
  const enough = new AbortController();
  let look: WrittenOutput | undefined;
  const request = {
    type: 'enhance',
    frames,
    options: row.options as Omit<EnhanceOptions, 'previews' | 'firstLook'>,
    outputs: [{ name: 'image', path: join(dir, 'small.jpg'), maxWidth: FIRST_LOOK.maxWidth }],
    firstLook: { ...FIRST_LOOK, path: join(dir, 'first-look.jpg') },
    threads: ctx.engine.threads,
  } as const;
  const limits = {
    timeoutMs: MAX_MS,
    maxRssMb: ctx.engine.maxMemoryMb,
    signal: AbortSignal.any([signal, enough.signal]),
    onFirstLook: (output: WrittenOutput) => {
      look = output;
      enough.abort(new Error('the first look is there'));
    },
  };
  try {
    const { outputs } = await ctx.engine.runner.run(request, limits);
    look ??= outputs.find(({ name }) => name === 'image');
  } catch (error) {
    if (look === undefined) throw error;
  }
  if (look === undefined) throw new Error('the engine showed nothing');
  return look;
}
