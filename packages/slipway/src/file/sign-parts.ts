import { failpoint } from '@repo/foundation/failpoint';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import { sizeOfPart } from './part-layout.ts';
import { type SignedParts, SignParts } from './schema.ts';
import { file, uploadPart } from './table.ts';
import { openUploadSession, type PartsRow } from './upload-session.ts';

/**
 * URLs for parts of an upload, each for exactly that part's bytes. May be asked for again at any time
 * while the upload is open: URLs that expired are renewed so.
 *
 * @throws `upload_closed`, `validation_failed`, `url_invalid`, `url_expired`, `not_found`.
 */
export async function signParts(
  ctx: SlipwayContext,
  call: { fileId: string; query: URLSearchParams; request: SignParts },
): Promise<SignedParts> {
  const { row } = await openUploadSession(ctx, call);
  const { parts } = SignParts.parse(call.request);
  if (row.status !== 'pending') throw closed(row.status);
  checkNumbers(parts, row);
  const storage = await ctx.storages.of(row.storageId);
  const digests = parts[0]?.sha256 !== undefined;
  // In this order: an upload that is open has its digests, whatever happens in between.
  await declare(ctx, { row, parts, digests });
  const uploadId = row.uploadId ?? (await openUpload(ctx, { row, storage, digests }));

  const left = Math.floor((row.expiresAt.getTime() - ctx.now().getTime()) / 1000);
  const expiresInSeconds = Math.max(1, Math.min(ctx.config.uploadUrlTtlSeconds, left));
  const expiresAt = new Date(ctx.now().getTime() + expiresInSeconds * 1000).toISOString();
  return {
    parts: await Promise.all(
      parts.map(async ({ number, sha256 }) => ({
        number,
        expiresAt,
        ...(await storage.signPart({
          key: row.key,
          uploadId,
          number,
          size: sizeOfPart(number, row),
          partSize: row.partSize,
          sha256,
          expiresInSeconds,
        })),
      })),
    ),
  };
}

function checkNumbers(parts: { number: number }[], row: PartsRow): void {
  const partCount = Math.ceil(row.size / row.partSize);
  const wrong = parts.find(({ number }) => number > partCount);
  if (wrong === undefined) return;
  throw slipwayError(
    'validation_failed',
    `Expected numbers from 1 to ${partCount}, received ${wrong.number}.`,
    { details: { expected: partCount, received: wrong.number } },
  );
}

/** Opens it at the storage with the first request for parts, so that what never begins costs nothing. */
async function openUpload(
  ctx: SlipwayContext,
  input: { row: PartsRow; storage: Storage; digests: boolean },
): Promise<string> {
  const { row, storage, digests } = input;
  const uploadId = await storage.createMultipart({ key: row.key, type: row.type, digests });
  failpoint('parts.after-open');
  const [mine] = await ctx.db
    .update(file)
    .set({ uploadId })
    .where(and(eq(file.id, row.id), isNull(file.uploadId), eq(file.status, 'pending')))
    .returning({ id: file.id });
  if (mine !== undefined) return uploadId;
  // Another request was first, and its parts are the ones that count.
  await storage.abortMultipart({ key: row.key, uploadId });
  const [now] = await ctx.db.select().from(file).where(eq(file.id, row.id));
  if (now?.uploadId == null || now.status !== 'pending') throw closed(now?.status ?? 'deleted');
  return now.uploadId;
}

/** Remembers the digests, so that at the end every part is compared with what was declared last. */
async function declare(
  ctx: SlipwayContext,
  input: {
    row: PartsRow;
    parts: { number: number; sha256?: string | undefined }[];
    digests: boolean;
  },
): Promise<void> {
  const { row, parts, digests } = input;
  const [known] = await ctx.db
    .select({ number: uploadPart.number })
    .from(uploadPart)
    .where(eq(uploadPart.fileId, row.id))
    .limit(1);
  // S3 wants to know it of all parts before the first, so it has to stay as it began.
  if (row.uploadId !== null && digests !== (known !== undefined)) {
    throw slipwayError(
      'validation_failed',
      digests
        ? 'The first parts of this upload came without sha256; expected none.'
        : 'The first parts of this upload came with their sha256; expected it for these, too.',
    );
  }
  if (!digests) {
    if (row.uploadId === null) await ctx.db.delete(uploadPart).where(eq(uploadPart.fileId, row.id));
    return;
  }
  await ctx.db.transaction(async (tx) => {
    // Once somebody looks at the bytes, what they are compared with stays as it is.
    const [now] = await tx.select().from(file).where(eq(file.id, row.id)).for('share');
    if (now?.status !== 'pending') throw closed(now?.status ?? 'deleted');
    await tx
      .insert(uploadPart)
      .values(parts.map(({ number, sha256 = '' }) => ({ fileId: row.id, number, sha256 })))
      .onConflictDoUpdate({
        target: [uploadPart.fileId, uploadPart.number],
        set: { sha256: sql`excluded.sha256` },
      });
  });
}

function closed(status: string) {
  return slipwayError('upload_closed', `This upload is ${status}; it takes no more parts.`, {
    details: { status },
  });
}
