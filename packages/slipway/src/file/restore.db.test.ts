import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { deleteFile } from './delete.ts';
import { getFile } from './get.ts';
import { restoreFile } from './restore.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const DAY_MS = 86_400_000;
const later = (days: number) => ({
  ...tenant.ctx,
  now: () => new Date(Date.now() + days * DAY_MS),
});

/** A file in the trash. */
async function trashed(projectId: string, wish: Partial<RequestUpload>) {
  const bytes = Buffer.from('hello');
  const { id: fileId } = await readyFile(slipway, { tenant, projectId, wish, bytes });
  await deleteFile(tenant.ctx, { projectId, fileId, trash: true });
  return { projectId, fileId };
}

test('what is restored is there to stay: the next sweep takes nothing back', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const temporary = await trashed(projectId, { temporary: true });
  const expired = await trashed(projectId, { expiresInDays: 2 });
  const inTime = await trashed(projectId, { temporary: true });
  expect(await restoreFile(later(3), temporary)).toMatchObject({
    ...{ status: 'ready', confirmBy: null },
  });
  await expect(restoreFile(later(3), expired)).rejects.toMatchObject({
    ...{ code: 'conflict', message: expect.stringContaining('time is not over') },
  });
  // In time nothing is confirmed unasked.
  expect((await restoreFile(tenant.ctx, inTime)).confirmBy).not.toBeNull();
  await sweepFiles(later(3.1));
  expect((await getFile(tenant.ctx, temporary)).status).toBe('ready');
  expect((await getFile(tenant.ctx, inTime)).status).toBe('deleted');
});
