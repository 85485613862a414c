import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { completeUpload } from '../../file/complete-upload.ts';
import { requestUpload } from '../../file/request-upload.ts';
import { type FileRow, file } from '../../file/table.ts';
import { createS3Client } from '../../storage/s3/client.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../../testing/index.ts';
import { connectStorage } from '../connect.ts';

export const KEYS = `k1:${randomBytes(32).toString('hex')}`;
/** Written so that it is found wherever it leaks to. */
export const SECRET = 'canary-secret-access-key-7f3a';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface World {
  slipway: TestSlipway;
  endpoint: string;
  /** A new bucket, connected to the project; returns its storage's id. */
  connect(tenant: TestTenant, projectId: string): Promise<string>;
  createBucket(): Promise<string>;
  close(): Promise<void>;
}

/** Slipway on its disk, beside an S3 server with as many buckets as wanted. */
export async function startWorld(
  server: { port: number; stop(): Promise<void> },
  env: Record<string, string> = {},
): Promise<World> {
  const endpoint = `http://127.0.0.1:${server.port}`;
  const slipway = await startTestSlipway({
    ENCRYPTION_KEYS: KEYS,
    ALLOW_PRIVATE_STORAGE: 'true',
    ...env,
  });
  let buckets = 0;
  async function createBucket(): Promise<string> {
    buckets += 1;
    const bucket = `bucket-${buckets}`;
    const client = createS3Client({ ...bucketAt(endpoint, bucket), endpoint });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
    return bucket;
  }
  return {
    slipway,
    endpoint,
    createBucket,
    async connect({ ctx }, projectId) {
      const bucket = await createBucket();
      const input = { projectId, name: bucket, ...bucketAt(endpoint, bucket) };
      const connected = await connectStorage(ctx, { ...input, force: true });
      if (connected.outcome !== 'connected') throw new Error('the test bucket was refused');
      return connected.connection.id;
    },
    async close() {
      await slipway.close();
      await server.stop();
    },
  };
}

export const bucketAt = (endpoint: string, bucket: string) => ({
  endpoint,
  bucket,
  region: 'us-east-1',
  forcePathStyle: true,
  accessKeyId: 'AKIATESTTESTTEST1234',
  secretAccessKey: SECRET,
});

/** A file that became ready where the project's new files go, as a client brings it there. */
export async function upload(
  { slipway }: World,
  input: { ctx: SlipwayContext; projectId: string; bytes: Buffer },
): Promise<FileRow> {
  const { ctx, projectId, bytes } = input;
  const wish = { name: 'note.bin', size: bytes.length, type: 'application/octet-stream' };
  const { id, key, url, headers } = await requestUpload(ctx, { projectId, upload: wish });
  if (url.includes('/ingest/')) await slipway.putBytes({ key, bytes, type: wish.type });
  else {
    const { status } = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    if (status !== 200) throw new Error(`the bucket answered ${status}`);
  }
  await completeUpload(ctx, { projectId, upload: { id } });
  return rowOf(ctx, id);
}

export async function rowOf({ db }: SlipwayContext, id: string): Promise<FileRow> {
  const [row] = await db.select().from(file).where(eq(file.id, id));
  if (row === undefined) throw new Error(`there is no file ${id}`);
  return row;
}

/** What a request would be given right now, or null. */
export async function bytesOf(ctx: SlipwayContext, row: FileRow): Promise<Buffer | null> {
  const stream = await (await ctx.storages.of(row.storageId)).read(row.key);
  return stream === null ? null : buffer(stream);
}

/** Of the objects in a storage those of the project. */
export async function keysIn(
  ctx: SlipwayContext,
  { projectId, storageId }: { projectId: string; storageId: string | null },
): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of (await ctx.storages.of(storageId)).list()) {
    if (key.startsWith(`${projectId}/`)) keys.push(key);
  }
  return keys;
}
