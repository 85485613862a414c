import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { UPLOAD_OUTCOMES, uploadLog } from './table.ts';

/** An upload that ended without becoming a file, in the transaction in which it ended. */
export async function noteUploadEnd(
  tx: Tx,
  ctx: SlipwayContext,
  { row, reason }: { row: FileRow; reason: { code: string; message?: string } },
): Promise<void> {
  const outcome = UPLOAD_OUTCOMES.find((each) => each === row.status);
  // A file that was ready and is damaged is no upload any more, a piece of one is none yet.
  if (outcome === undefined || row.readyAt !== null || row.uploadKind === 'tus_partial') return;
  await tx.insert(uploadLog).values({
    projectId: row.projectId,
    outcome,
    fileId: row.id,
    name: row.name,
    size: row.size,
    type: row.type,
    code: reason.code,
    message: reason.message ?? 'The bytes never came.',
    route: row.route,
    uploader: row.uploader,
    isTest: row.isTest,
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    createdAt: ctx.now(),
  });
}
