import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { finishSoon, PATIENCE_MS } from './finish-soon.ts';
import { fileView, getFileInProject } from './internal.ts';
import { CompleteUpload, type FileView } from './schema.ts';
import { noticeArrival } from './settle.ts';
import { type FileRow, file } from './table.ts';
import { takesLong, verifyLater } from './verify-later.ts';

const LOOK_EVERY_MS = 100;

/**
 * Looks at the stored bytes and settles the upload: `ready`, or `rejected` with the reason. Safe to
 * call any number of times, also at once: every caller gets the one outcome. What takes long answers
 * with a file that is still `verifying`; ask again, or wait for the event.
 *
 * @throws `object_missing` (not all there yet; the upload stays open), `size_mismatch`, `type_mismatch`,
 * `digest_mismatch`, `infected`, `not_scannable`, `image_dimensions` (rejected for good), `upload_expired`,
 * `upload_failed`, `file_deleted`.
 */
export async function completeUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: CompleteUpload },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { id, key } = CompleteUpload.parse(call.upload);
  const row = await getFileInProject(ctx, { projectId: project.id, id, key });
  const latest = await settle(ctx, { row, project });
  // Some parts are damaged and needed again: this says which.
  if (latest.status === 'pending') await noticeArrival(ctx, { row: latest, project });
  const settled = outcomeOf(latest);
  return fileView(settled, { project, filesUrl: ctx.config.filesUrl });
}

async function settle(
  ctx: SlipwayContext,
  { row, project }: { row: FileRow; project: Project },
): Promise<FileRow> {
  const arrived = await noticeArrival(ctx, { row, project });
  // One that waits for a scanner is the sweeper's: asking again does not bring the scanner back.
  if (arrived.status !== 'verifying' || arrived.scan === 'pending') return arrived;
  if (!takesLong(arrived)) return finishSoon(ctx, { row: arrived, project });
  await verifyLater(ctx, arrived);
  return awaitOutcome(ctx, arrived);
}

async function awaitOutcome(ctx: SlipwayContext, row: FileRow): Promise<FileRow> {
  const until = Date.now() + PATIENCE_MS;
  let latest = row;
  while (latest.status === 'verifying' && latest.scan !== 'pending' && Date.now() < until) {
    await wait(LOOK_EVERY_MS);
    const [now] = await ctx.db.select().from(file).where(eq(file.id, row.id));
    latest = now ?? latest;
  }
  return latest;
}

/** A file that is ready or on its way there, or the error that says how it ended instead. */
export function outcomeOf(row: FileRow): FileRow {
  switch (row.status) {
    case 'pending':
    case 'verifying':
    case 'ready':
      return row;
    case 'rejected':
    case 'failed':
      throw rejection(row);
    case 'expired':
      throw slipwayError(
        'upload_expired',
        `This upload had to begin before ${row.expiresAt.toISOString()}.`,
      );
    case 'deleted':
      throw slipwayError('file_deleted', 'This file was deleted.');
  }
}

const REJECTIONS = [
  'size_mismatch',
  'type_mismatch',
  'digest_mismatch',
  'infected',
  'not_scannable',
  'image_dimensions',
  'source_refused',
  'source_unavailable',
] as const;

function rejection(row: FileRow) {
  const { code, message } = row.failure ?? {
    code: 'upload_failed',
    message: 'This upload failed.',
  };
  const known = REJECTIONS.find((name) => name === code) ?? 'upload_failed';
  return slipwayError(known, message, { details: { fileId: row.id, status: row.status } });
}
