import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload } from '../file/complete-upload.ts';
import { getFileUrl } from '../file/get-url.ts';
import { requestUpload } from '../file/request-upload.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import type { TestTenant } from '../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';

const BYTES = randomBytes(3_000_000);

let slipway: ServedSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await serveTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});
afterAll(() => slipway.close());

async function readyFile(): Promise<{ id: string; key: string }> {
  const upload = { name: 'a.bin', size: BYTES.length, type: 'application/octet-stream' };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes: BYTES, type: upload.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return { id, key };
}

/** One bit, as a disk would. */
async function rot(key: string): Promise<void> {
  const handle = await open(diskPaths(slipway.runtime.diskRoot ?? '').object(key), 'r+');
  const position = 1_234_567;
  await handle.write(Buffer.from([(BYTES[position] ?? 0) ^ 8]), 0, 1, position);
  await handle.close();
}

test('damaged bytes are never served whole, and whoever asks for them has them looked at', async () => {
  const { id, key } = await readyFile();
  const { url } = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: {} });
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(whole.equals(BYTES)).toBe(true);
  await rot(key);
  await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  const jobs = async () =>
    (await tenant.ctx.db.execute(`select data from pgboss.job where name = 'storage.scrub-file'`))
      .rows;
  // After the connection was broken.
  await expect.poll(jobs).toContainEqual({ data: { fileId: id } });
});
