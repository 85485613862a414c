import { AppError } from '@repo/foundation/errors';
import { failpoint } from '@repo/foundation/failpoint';
import type { SlipwayContext } from '../context.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { finishSoon } from '../file/finish-soon.ts';
import { noticeArrival } from '../file/settle.ts';
import type { FileRow } from '../file/table.ts';
import { takesLong, verifyLater } from '../file/verify-later.ts';
import { isWhole, type TusUpload } from './upload.ts';

/**
 * With its last byte an upload becomes a file like any other: verified, then `ready` or rejected. What
 * cannot be done now is done by the sweeper; the bytes are safe.
 *
 * @throws what the file was rejected for.
 */
export async function finishIfWhole(ctx: SlipwayContext, upload: TusUpload): Promise<FileRow> {
  const { row } = upload;
  if (row.uploadKind !== 'tus' || !isWhole(upload)) return row;
  failpoint('tus.before-settling');
  return outcomeOf(await settle(ctx, upload));
}

async function settle(ctx: SlipwayContext, { row, project, tus }: TusUpload): Promise<FileRow> {
  // Then nobody has to read all bytes once more.
  const isKnown = tus.state.sha256 !== undefined && ctx.scanner === null;
  let latest = row;
  try {
    latest = await noticeArrival(ctx, { row, project });
    if (latest.status !== 'verifying') return latest;
    if (isKnown || !takesLong(latest)) return await finishSoon(ctx, { row: latest, project });
    await verifyLater(ctx, latest);
  } catch (error) {
    if (error instanceof AppError && error.status < 500) throw error;
    ctx.log.warn({ err: error, fileId: row.id }, 'an upload that is whole is settled later');
  }
  return latest;
}
