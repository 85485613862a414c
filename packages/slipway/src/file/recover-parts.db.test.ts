import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { project } from '../project/table.ts';
import { createS3Client } from '../storage/s3/client.ts';
import { type StrictS3, startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { getUpload } from './get-upload.ts';
import { PARTS_DAMAGED, recoverParts } from './recover-parts.ts';
import { requestUpload } from './request-upload.ts';
import { noticeArrival } from './settle.ts';
import { signParts } from './sign-parts.ts';
import { sweepFiles } from './sweep.ts';
import { file, fileTransition } from './table.ts';

const PART = 8 * 1024 ** 2;
const BYTES = randomBytes(2 * PART + 1_000);
const bodyOf = (number: number) => BYTES.subarray((number - 1) * PART, number * PART);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const DIGESTS = [1, 2, 3].map((number) => sha256(bodyOf(number)));

let upstream: Awaited<ReturnType<typeof startFauxqs>>;
let bucket: StrictS3;
let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

// Three parts of 8 MiB at each turn.
vi.setConfig({ testTimeout: 60_000 });

// A bucket whose server compares no digests, so that only reading back shows what is wrong.
beforeAll(async () => {
  upstream = await startFauxqs({ port: 0, logger: false });
  bucket = await startStrictS3(`http://127.0.0.1:${upstream.port}`, { checksums: 'ignored' });
  const { options } = bucket;
  await createS3Client(options).send(new CreateBucketCommand({ Bucket: options.bucket }));
  slipway = await startTestSlipway({
    S3_BUCKET: options.bucket,
    S3_ENDPOINT: options.endpoint ?? '',
    S3_REGION: options.region,
    S3_ACCESS_KEY_ID: options.accessKeyId,
    S3_SECRET_ACCESS_KEY: options.secretAccessKey,
  });
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { maxSize: 2 * BYTES.length }));
  expect(await tenant.ctx.storages.default.capabilities()).toMatchObject({
    multipart: true,
    verifiesParts: false,
    copyPart: true,
  });
});

afterEach(() => {
  bucket.rules = { ...bucket.rules, missing: [] };
});

afterAll(async () => {
  await slipway.close();
  await bucket.close();
  await upstream.stop();
});

async function announce() {
  const wish = {
    name: 'film.bin',
    size: BYTES.length,
    type: 'application/octet-stream',
    multipart: true,
  };
  const { id, key, url } = await requestUpload(tenant.ctx, { projectId, upload: wish });
  const query = new URL(url).searchParams;

  async function send(number: number, body: Uint8Array = bodyOf(number)) {
    const request = { parts: [{ number, sha256: DIGESTS[number - 1] ?? '' }] };
    const { parts } = await signParts(tenant.ctx, { fileId: id, query, request });
    const [grant] = parts;
    if (grant === undefined) throw new Error('expected a URL');
    const { headers } = grant;
    const put = { method: 'PUT', headers, body: new Uint8Array(body) };
    expect((await fetch(grant.url, put)).status).toBe(200);
  }
  const row = async () => {
    const [found] = await tenant.ctx.db.select().from(file).where(eq(file.id, id));
    if (found === undefined) throw new Error('expected the row');
    return found;
  };
  return {
    id,
    key,
    send,
    row,
    arrived: async () =>
      (await getUpload(tenant.ctx, { fileId: id, query })).parts.map(({ number }) => number),
    complete: () => completeUpload(tenant.ctx, { projectId, upload: { id } }),
  };
}

function flipped(number: number): Uint8Array {
  const copy = new Uint8Array(bodyOf(number));
  copy[500] = (copy[500] ?? 0) ^ 4;
  return copy;
}

async function openUploads(key: string): Promise<string[]> {
  const found: string[] = [];
  for await (const open of tenant.ctx.storages.default.listMultiparts())
    if (open.key === key) found.push(open.uploadId);
  return found;
}

const history = async (fileId: string) =>
  (
    await tenant.ctx.db
      .select()
      .from(fileTransition)
      .where(eq(fileTransition.fileId, fileId))
      .orderBy(fileTransition.id)
  ).map(({ to, reason }) => [to, reason]);

test('of a part that came damaged only that part is needed again', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  const before = bucket.asked.length;
  await expect(upload.complete()).rejects.toMatchObject({
    code: 'object_missing',
    details: { missing: [2] },
  });
  // The good ones never left the bucket again.
  const asked = bucket.asked.slice(before);
  expect(asked.filter((operation) => operation === 'UploadPartCopy')).toHaveLength(2);
  expect(await upload.arrived()).toEqual([1, 3]);
  await upload.send(2);
  expect(await upload.complete()).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
  const stored = await tenant.ctx.storages.default.read(upload.key);
  expect(stored !== null && sha256(await buffer(stored))).toBe(sha256(BYTES));
  expect(await openUploads(upload.key)).toEqual([]);
  expect(await history(upload.id)).toEqual([
    ['verifying', 'bytes_arrived'],
    ['pending', PARTS_DAMAGED],
    ['verifying', 'bytes_arrived'],
    ['ready', 'verified'],
  ]);
});

test('two that are damaged, the last among them, and damaged once more', async () => {
  const upload = await announce();
  await upload.send(2);
  for (const number of [1, 3]) await upload.send(number, flipped(number));
  await expect(upload.complete()).rejects.toMatchObject({ details: { missing: [1, 3] } });
  await upload.send(1, flipped(1));
  await upload.send(3);
  await expect(upload.complete()).rejects.toMatchObject({ details: { missing: [1] } });
  await upload.send(1);
  expect(await upload.complete()).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
});

test('the sweeper does the same for who does not complete, and the client sees what is needed', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  const soon = new Date(Date.now() + 60_000);
  await sweepFiles({ ...tenant.ctx, now: () => soon });
  expect((await upload.row()).status).toBe('pending');
  expect(await upload.arrived()).toEqual([1, 3]);
  await upload.send(2);
  await sweepFiles({ ...tenant.ctx, now: () => soon });
  expect((await upload.row()).status).toBe('ready');
});

test('of two processes that find the damage one opens the upload again, and the other leaves nothing', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  const { ctx } = tenant;
  const storage = ctx.storages.default;
  const owner = await projectOf(await upload.row());
  const row = await noticeArrival(ctx, { row: await upload.row(), project: owner });
  const parts = (await storage.listParts({ key: row.key, uploadId: row.uploadId ?? '' })) ?? [];
  const { key, type, uploadId } = row;
  await storage.completeMultipart({ key, type, uploadId: uploadId ?? '', parts });
  const recover = () => recoverParts(ctx, { row, project: owner, storage, damaged: [2] });
  const [first, second] = await Promise.all([recover(), recover()]);
  expect(first?.status).toBe('pending');
  expect(second?.uploadId).toBe(first?.uploadId);
  expect(await openUploads(upload.key)).toEqual([first?.uploadId]);
  await upload.send(2);
  expect(await upload.complete()).toMatchObject({ status: 'ready' });
});

async function projectOf({ projectId: id }: { projectId: string }) {
  const [found] = await tenant.ctx.db.select().from(project).where(eq(project.id, id));
  if (found === undefined) throw new Error('expected the project');
  return found;
}

test('where the server copies no ranges, the file is rejected, and says which parts were wrong', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  const storage = tenant.ctx.storages.default;
  const can = await storage.capabilities();
  const unable = { ...storage, capabilities: async () => ({ ...can, copyPart: false }) };
  const ctx = { ...tenant.ctx, storages: { default: unable, of: async () => unable } };
  await expect(completeUpload(ctx, { projectId, upload: { id: upload.id } })).rejects.toMatchObject(
    { code: 'digest_mismatch', message: expect.stringContaining('2') },
  );
  expect(await storage.head(upload.key)).toBeNull();
});

test('whoever keeps sending wrong bytes is turned away in the end', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  await tenant.ctx.db.insert(fileTransition).values(
    Array.from({ length: 20 }, () => ({
      fileId: upload.id,
      from: 'verifying' as const,
      to: 'pending' as const,
      reason: PARTS_DAMAGED,
      actorType: 'system',
      at: new Date(),
    })),
  );
  await expect(upload.complete()).rejects.toMatchObject({ code: 'digest_mismatch' });
  expect(await openUploads(upload.key)).toEqual([]);
});

test('what goes wrong while the good parts are copied leaves the file as it was, to be tried again', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  bucket.rules = { ...bucket.rules, missing: ['UploadPartCopy'] };
  await expect(upload.complete()).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect((await upload.row()).status).toBe('verifying');
  expect(await openUploads(upload.key)).toEqual([]);
  bucket.rules = { ...bucket.rules, missing: [] };
  await expect(upload.complete()).rejects.toMatchObject({ details: { missing: [2] } });
});

test('that a storage compares parts by now is not believed of those that came before', async () => {
  const upload = await announce();
  for (const number of [1, 3]) await upload.send(number);
  await upload.send(2, flipped(2));
  const storage = tenant.ctx.storages.default;
  const can = await storage.capabilities();
  const able = { ...storage, capabilities: async () => ({ ...can, verifiesParts: true }) };
  const ctx = { ...tenant.ctx, storages: { default: able, of: async () => able } };
  await expect(completeUpload(ctx, { projectId, upload: { id: upload.id } })).rejects.toMatchObject(
    { details: { missing: [2] } },
  );
});
