import { join } from 'node:path';
import type { DoneMessage, EnhanceOptions, FramePath } from '@repo/engine';
import { and, inArray, isNull } from 'drizzle-orm';
import { credentialRecord } from '../content-credentials/record-of.ts';
import { signFile } from '../content-credentials/sign-file.ts';
import type { Context } from '../context.ts';
import { type PhotoRow, photo } from '../photo/table.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import { WorkError } from '../work/work-error.ts';
import type { Heartbeat } from './claim.ts';
import { FIRST_LOOK, type FirstLook } from './first-look.ts';
import { STEP_WORDS } from './step-words.ts';
import type { EnhancementRow } from './table.ts';

/** How the bar is shared out: bringing the originals, the engine, storing the results. */
const DOWNLOADED = 0.1;
const COMPUTED = 0.9;

const OUTPUTS = [
  { name: 'image', file: 'full.jpg', type: 'image/jpeg', options: {} },
  {
    name: 'preview',
    file: 'preview.jpg',
    type: 'image/jpeg',
    options: { maxWidth: 2048, format: 'jpeg', quality: 86 },
  },
  {
    name: 'thumb',
    file: 'thumb.webp',
    type: 'image/webp',
    options: { maxWidth: 480, format: 'webp', quality: 80 },
  },
] as const;

export interface Produced {
  done: Omit<DoneMessage, 'outputs'>;
  width: number;
  height: number;
  resultFileId: string;
  resultPreviewFileId: string;
  resultThumbFileId: string;
  /** Who signed the photo's Content Credentials; null for a photo without. */
  resultSignedBy: string | null;
}

export interface Workshop {
  dir: string;
  signal: AbortSignal;
  heartbeat: Heartbeat;
  firstLook: FirstLook;
}

/** Originals from Slipway, through the engine, results to Slipway. Leaves no file behind when it fails. */
export async function produceResult(
  ctx: Context,
  row: EnhancementRow,
  workshop: Workshop,
): Promise<Produced> {
  const frames = await fetchFrames(ctx, row, workshop);
  const { dir, signal, heartbeat, firstLook } = workshop;
  const done = await ctx.engine.runner.run(
    {
      type: 'enhance',
      frames,
      options: row.options as Omit<EnhanceOptions, 'previews'>,
      outputs: OUTPUTS.map(({ name, file, options }) =>
        name === 'image'
          ? { name, path: join(dir, file) }
          : { name, path: join(dir, file), ...options },
      ),
      firstLook: { ...FIRST_LOOK, path: join(dir, 'first-look.jpg') },
      threads: ctx.engine.threads,
    },
    {
      timeoutMs: ctx.engine.maxSeconds * 1000,
      maxRssMb: ctx.engine.maxMemoryMb,
      signal,
      onFirstLook: firstLook.show,
      onProgress: ({ step, overall }) =>
        heartbeat.report(DOWNLOADED + (COMPUTED - DOWNLOADED) * overall, STEP_WORDS[step]),
    },
  );
  return storeResults(ctx, row, { done, workshop });
}

async function fetchFrames(
  ctx: Context,
  row: EnhancementRow,
  { dir, signal, heartbeat }: Workshop,
): Promise<FramePath[]> {
  const originals = await inputsOf(ctx, row);
  const frames: FramePath[] = [];
  for (const [index, original] of originals.entries()) {
    heartbeat.report((DOWNLOADED * index) / originals.length, 'Fetching the originals');
    const path = join(dir, `frame-${index}`);
    await downloadFile(ctx, original, { path, signal });
    frames.push({ name: original.name, path });
  }
  return frames;
}

async function inputsOf(ctx: Context, row: EnhancementRow): Promise<PhotoRow[]> {
  const rows = await ctx.db
    .select()
    .from(photo)
    .where(and(inArray(photo.id, row.inputPhotoIds), isNull(photo.deletedAt)));
  const byId = new Map(rows.map((entry) => [entry.id, entry]));
  return row.inputPhotoIds.map((id) => {
    const found = byId.get(id);
    if (found !== undefined) return found;
    throw new WorkError(
      'photo_deleted',
      'A photo of this scene was deleted before its turn came. Start again with what is left.',
    );
  });
}

async function storeResults(
  ctx: Context,
  row: EnhancementRow,
  { done, workshop }: { done: DoneMessage; workshop: Workshop },
): Promise<Produced> {
  workshop.heartbeat.report(COMPUTED, 'Storing the result');
  const stored: string[] = [];
  let resultSignedBy: string | null = null;
  try {
    for (const { name, file, type } of OUTPUTS) {
      const output = done.outputs.find((entry) => entry.name === name);
      if (output === undefined) throw new Error(`the engine wrote no ${name}`);
      const metadata = { kind: `result-${name}`, enhancementId: row.id };
      const fileName = `${row.id}-${file}`;
      const { path } = output;
      const signed =
        name === 'image' ? await signFile(ctx, path, () => credentialRecord(done)) : null;
      resultSignedBy ??= signed?.by ?? null;
      const sha256 = signed?.sha256 ?? output.sha256;
      stored.push(
        await uploadFile(ctx, { path, sha256, name: fileName, type, metadata }, workshop.signal),
      );
    }
    const [resultFileId = '', resultPreviewFileId = '', resultThumbFileId = ''] = stored;
    const image = done.outputs.find((entry) => entry.name === 'image');
    const { width = 0, height = 0 } = image ?? {};
    const files = { resultFileId, resultPreviewFileId, resultThumbFileId };
    return { done, width, height, ...files, resultSignedBy };
  } catch (error) {
    await discardFiles(ctx, stored);
    throw error;
  }
}
