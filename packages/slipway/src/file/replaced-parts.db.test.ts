import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storage } from '../storage/storage.ts';
import {
  startTestSlipway,
  type TestSlipway,
  type TestTenant,
  withStorage,
} from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { requestUpload } from './request-upload.ts';
import { signParts } from './sign-parts.ts';
import { file } from './table.ts';

const BYTES = randomBytes(8 * 1024 ** 2 + 1_000);

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { maxSize: 2 * BYTES.length }));
});
afterAll(() => slipway.close());

/** An upload that has come; its last part comes again whenever all parts have just been listed. */
async function begin(mostReplacements: number) {
  const { ctx } = tenant;
  const wish = { name: 'a.bin', size: BYTES.length, type: 'application/octet-stream' };
  const { id, url } = await requestUpload(ctx, { projectId, upload: { ...wish, multipart: true } });
  const query = new URL(url).searchParams;
  await signParts(ctx, { fileId: id, query, request: { parts: [{ number: 1 }] } });
  const [row] = await ctx.db.select().from(file).where(eq(file.id, id));
  const { uploadId, partSize, key } = row ?? {};
  if (!uploadId || !partSize || !key) throw new Error('expected an open upload');
  const storage = ctx.storages.default;
  const put = (number: number) => {
    const body = BYTES.subarray((number - 1) * partSize, number * partSize);
    return storage.writePart({ key, uploadId, number, size: body.length, partSize, body });
  };
  await put(1);
  await put(2);
  let completions = 0;
  const busy: Storage = {
    ...storage,
    async completeMultipart(input) {
      completions += 1;
      if (completions <= mostReplacements) await put(2);
      await storage.completeMultipart(input);
    },
  };
  return {
    complete: () => completeUpload(withStorage(ctx, busy), { projectId, upload: { id } }),
    completions: () => completions,
  };
}

const READY = {
  status: 'ready',
  sha256: createHash('sha256').update(BYTES).digest('hex'),
};

test('a part that comes again while its upload is completed does not stop it', async () => {
  const upload = await begin(2);
  expect(await upload.complete()).toMatchObject(READY);
  expect(upload.completions()).toBe(3);
});

test('one that always comes again has to be completed again', async () => {
  const upload = await begin(5);
  await expect(upload.complete()).rejects.toMatchObject({ code: 'object_missing' });
  expect(upload.completions()).toBe(5);
  expect(await upload.complete()).toMatchObject(READY);
});
