import type { Tx } from '@repo/foundation/db';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { file } from '../file/table.ts';
import { lockProject } from '../project/internal.ts';
import { checkTusUrl, readTusUrl } from './capability.ts';
import { tusUpload } from './table.ts';
import { isWhole, loadUpload, type TusUpload } from './upload.ts';
import { parseUploadConcat } from './upload-concat.ts';

/**
 * The pieces at these addresses, in this order: whole, and of this project.
 *
 * @throws `bad_request`.
 */
export async function findPieces(
  ctx: SlipwayContext,
  call: { projectId: string; addresses: string[] },
): Promise<TusUpload[]> {
  const { projectId, addresses } = call;
  const pieces: TusUpload[] = [];
  for (const address of addresses) {
    const capability = readTusUrl(address);
    checkTusUrl(ctx, capability);
    const piece = await loadUpload(ctx, capability.fileId);
    const { row } = piece;
    const usable = row.uploadKind === 'tus_partial' && row.status === 'pending';
    if (row.projectId !== projectId || !usable) throw notAPiece(address);
    if (!isWhole(piece)) throw unfinished(address, piece);
    pieces.push(piece);
  }
  return pieces;
}

/** Of which pieces an upload is made, in their order; of none, unless it is a final one. */
export function pieceIds({ tus }: Pick<TusUpload, 'tus'>): string[] {
  const concat = parseUploadConcat(tus.concat ?? undefined);
  return concat.kind === 'final' ? concat.parts.map((address) => readTusUrl(address).fileId) : [];
}

function notAPiece(address: string) {
  return slipwayError(
    'bad_request',
    `Expected the address of a partial upload of this project, received "${address}".`,
  );
}

function unfinished(address: string, { tus }: TusUpload) {
  return slipwayError(
    'bad_request',
    `Expected whole partial uploads; the one at "${address}" has ${tus.offset} bytes of ${tus.length ?? 'an unknown number'}.`,
  );
}

/** What a project reserves for pieces is reserved for what is made of them from here on. */
export async function releaseRoom(tx: Tx, pieces: readonly TusUpload[]): Promise<void> {
  const [first] = pieces;
  if (first === undefined) return;
  await lockProject(tx, first.project.id);
  const ids = pieces.map(({ row }) => row.id);
  await tx
    .update(file)
    .set({ size: 0 })
    .where(and(inArray(file.id, ids), eq(file.status, 'pending')));
}

/** A final upload ended without taking them: what lies there counts for the pieces again. */
export async function restoreRoom(tx: Tx, final: Pick<TusUpload, 'tus'>): Promise<void> {
  const ids = pieceIds(final);
  if (ids.length === 0) return;
  await tx
    .update(file)
    .set({ size: sql`${tusUpload.length}` })
    .from(tusUpload)
    .where(
      and(
        inArray(file.id, ids),
        eq(tusUpload.fileId, file.id),
        eq(file.uploadKind, 'tus_partial'),
        eq(file.status, 'pending'),
      ),
    );
}
