import type { Tx } from '@repo/foundation/db';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { isPictureType } from './formats.ts';
import { makeThumbnailJob } from './jobs.ts';

/** In the transaction that makes a file ready. */
export async function enqueueThumbnail(tx: Tx, ctx: SlipwayContext, row: FileRow): Promise<void> {
  const isPicture = isPictureType(row.type) && row.uploadKind !== 'tus_partial';
  if (!ctx.images.eagerThumbnails || !isPicture) return;
  await ctx.queue.enqueue(tx, makeThumbnailJob, { payload: { fileId: row.id } });
}
