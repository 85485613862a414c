import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getFileUrl } from '../file/get-url.ts';
import type { TestTenant } from '../testing/index.ts';
import { readyFile, rot } from '../testing/ready-file.ts';
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

const ready = () => readyFile(slipway, { tenant, projectId, bytes: BYTES });
const damage = (key: string) => rot(slipway, { key, bytes: BYTES, position: 1_234_567 });

test('damaged bytes are never served whole, and whoever asks for them has them looked at', async () => {
  const { id, key } = await ready();
  const { url } = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: {} });
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(whole.equals(BYTES)).toBe(true);
  await damage(key);
  await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  const jobs = async () =>
    (await tenant.ctx.db.execute(`select data from pgboss.job where name = 'storage.scrub-file'`))
      .rows;
  // After the connection was broken.
  await expect.poll(jobs).toContainEqual({ data: { fileId: id } });
});
