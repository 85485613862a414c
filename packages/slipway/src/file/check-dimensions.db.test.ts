import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { getFile } from './get.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

/** The first one that starts, before it has looked at anything. */
async function killOneDecoder(): Promise<boolean> {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
    for (const pid of children.split(' ').filter((text) => text !== '')) {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('decoder/child.ts')) continue;
      process.kill(Number(pid), 'SIGKILL');
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return false;
}

test('a decoder that somebody stops is no reason to refuse its picture', async () => {
  const image = { minWidth: 1, maxWidth: null, minHeight: null, maxHeight: null };
  const { id: projectId } = await slipway.project(tenant, { image });
  const bytes = await sharp({ create: { width: 9, height: 7, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const wish = { name: 'a.png', type: 'image/png' };
  const uploading = readyFile(slipway, { tenant, projectId, bytes, wish });
  expect(await killOneDecoder()).toBe(true);
  const { id: fileId } = await uploading;
  expect(await getFile(tenant.ctx, { projectId, fileId })).toMatchObject({
    ...{ status: 'ready', width: 9, height: 7 },
  });
});
