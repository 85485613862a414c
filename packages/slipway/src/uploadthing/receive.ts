import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { type FileRow, file } from '../file/table.ts';
import { appendBytes } from '../tus/append.ts';
import { findOffset } from '../tus/get.ts';
import { loadUpload } from '../tus/upload.ts';
import { fileUrls } from './addresses.ts';
import { awaitServerData, type ServerAnswer } from './await-server-data.ts';
import { md5Of } from './file-hash.ts';
import { boundaryOf, formFile } from './form-file.ts';
import { findOwnUpload, openUpload } from './open-upload.ts';
import { type UploadthingFileRow, uploadthingFile } from './table.ts';
import type { UploadGrant } from './upload-grant.ts';

/** Proxies cut a request that says nothing for a minute. */
const VERIFY_MS = 50_000;
const LOOK_EVERY_MS = 200;

export interface SentForm {
  body: Readable;
  contentType: string | undefined;
  /** `Range`. */
  range: string | undefined;
}

export interface UploadAnswer extends ServerAnswer {
  url: string;
  appUrl: string;
  ufsUrl: string;
  /** MD5, hex. */
  fileHash: string;
}

/** From which byte on this upload goes on. */
export async function uploadOffset(grant: UploadGrant): Promise<number> {
  const found = await findOwnUpload(grant.ctx, grant);
  if (found === undefined) return 0;
  const { tus } = await findOffset(grant.ctx, found.fileId);
  return tus.offset;
}

/**
 * Takes a file, or the rest of one, and answers once it is ready and the developer's server was told
 * of it: the same way to `ready` as every upload's.
 *
 * @throws what the file was refused for.
 */
export async function receiveUpload(grant: UploadGrant, form: SentForm): Promise<UploadAnswer> {
  const { ctx } = grant;
  const start = startOf(form.range);
  const boundary = boundaryOf(form.contentType);
  const upload = await openUpload(grant);
  const sent = await append(grant, { form, boundary, start, upload });
  const row = await awaitOutcome(ctx, sent);
  const { projectId, key } = upload;
  return {
    ...fileUrls(ctx, projectId, key),
    fileHash: await md5Of(ctx, row),
    ...(await awaitServerData(ctx, upload)),
  };
}

async function append(
  { ctx }: UploadGrant,
  input: { form: SentForm; boundary: string; start: number; upload: UploadthingFileRow },
): Promise<FileRow> {
  const { form, boundary, start, upload } = input;
  const { row } = await loadUpload(ctx, upload.fileId);
  outcomeOf(row);
  if (row.status !== 'pending') {
    // All bytes are here; whoever lost the answer asks for it with nothing more to send.
    if (start === row.size) return row;
    throw slipwayError('upload_closed', `This file is ${row.status} already; it takes no bytes.`, {
      details: { status: row.status },
    });
  }
  const chunks = form.body.iterator({ destroyOnReturn: false });
  const bytes = hashed(ctx, { upload, start, bytes: formFile(chunks, boundary) });
  const body = Readable.from(bytes, { objectMode: false });
  // Told to whoever reads it; afterwards nobody listens any more.
  body.on('error', () => undefined);
  const rest = { contentLength: undefined, checksum: undefined, length: undefined };
  const after = await appendBytes(ctx, { fileId: row.id, offset: start, body, ...rest });
  if (after.tus.offset === row.size) return after.row;
  throw slipwayError(
    'size_mismatch',
    `Expected ${row.size} bytes, as was announced; there are ${after.tus.offset}. Go on from there.`,
    { details: { expected: row.size, received: after.tus.offset } },
  );
}

/** SDKs begin at 0, or where HEAD told them to. */
function startOf(range: string | undefined): number {
  if (range === undefined) return 0;
  const [, start] = /^bytes=(\d{1,15})-\d*$/.exec(range.trim()) ?? [];
  if (start !== undefined) return Number(start);
  throw slipwayError('bad_request', `Expected "Range: bytes=<start>-", received "${range}".`);
}

/** Known as soon as the last byte is, when all came at once; read back otherwise. */
async function* hashed(
  ctx: SlipwayContext,
  input: { upload: UploadthingFileRow; start: number; bytes: AsyncIterable<Buffer> },
): AsyncGenerator<Buffer> {
  const md5 = createHash('md5');
  for await (const chunk of input.bytes) {
    md5.update(chunk);
    yield chunk;
  }
  const whole = input.start === 0 ? md5.digest('hex') : null;
  await ctx.db
    .update(uploadthingFile)
    .set({ md5: whole })
    .where(eq(uploadthingFile.fileId, input.upload.fileId));
}

async function awaitOutcome(ctx: SlipwayContext, row: FileRow): Promise<FileRow> {
  const until = Date.now() + VERIFY_MS;
  let latest = row;
  while (latest.status === 'verifying' && latest.scan !== 'pending' && Date.now() < until) {
    await wait(LOOK_EVERY_MS);
    const [now] = await ctx.db.select().from(file).where(eq(file.id, row.id));
    latest = now ?? latest;
  }
  if (outcomeOf(latest).status === 'ready') return latest;
  throw slipwayError(
    'unavailable',
    'All bytes are here, but the file is still being verified. Ask again without sending anything.',
    { retryAfter: 10 },
  );
}
