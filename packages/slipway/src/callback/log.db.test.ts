import { randomBytes } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload } from '../file/complete-upload.ts';
import { requestUpload } from '../file/request-upload.ts';
import { appRouter } from '../router.ts';
import type { TestSlipway, TestTenant } from '../testing/index.ts';
import { startWithWebhooks } from '../webhook/testing/clocked.ts';
import { startReceiver } from '../webhook/testing/receiver.ts';
import { deliverCallback } from './deliver.ts';
import { getCallbackDetail, listCallbacks } from './log.ts';
import { resendCallback } from './resend.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  slipway = await startWithWebhooks();
  tenant = await slipway.tenant();
  receiver = await startReceiver();
});
afterAll(async () => {
  receiver.close();
  await slipway.close();
});

/** Uploads of which the receiver is told, and was told once. */
async function told(projectId: string, name: string): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const upload = { name, size: 3, type: 'application/octet-stream' };
  const { id, key } = await requestUpload(tenant.ctx, {
    projectId,
    upload: { ...upload, callback: { url: receiver.url, secret, data: 'mine' } },
  });
  await slipway.putBytes({ key, bytes: new Uint8Array([1, 2, 3]), type: upload.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  await deliverCallback(tenant.ctx, { fileId: id });
  return id;
}

test('callbacks are listed with their state, and one shows each try and its answer', async () => {
  const { id: projectId } = await slipway.project(tenant);
  receiver.answer = () => ({ status: 422, body: 'not mine' });
  const refused = await told(projectId, 'refused.bin');
  receiver.answer = () => ({ status: 200, body: '{"serverData":{"by":"ann"}}' });
  const answered = await told(projectId, 'answered.bin');
  const { data, nextCursor } = await listCallbacks(tenant.ctx, { projectId });
  expect(data.map(({ fileId, state, attempts }) => [fileId, state, attempts])).toEqual([
    [answered, 'done', 1],
    [refused, 'failed', 1],
  ]);
  expect(nextCursor).toBeNull();
  const failed = await listCallbacks(tenant.ctx, { projectId, state: 'failed' });
  expect(failed.data).toMatchObject([{ fileName: 'refused.bin', url: receiver.url }]);
  expect(await getCallbackDetail(tenant.ctx, { projectId, fileId: answered })).toMatchObject({
    result: '{"by":"ann"}',
    tries: [{ status: 200, problem: null }],
  });
  const detail = await getCallbackDetail(tenant.ctx, { projectId, fileId: refused });
  expect(detail).toMatchObject({ result: null, tries: [{ status: 422, body: 'not mine' }] });
  // What messages are signed with is no one’s to read.
  expect(JSON.stringify([data, detail])).not.toContain('secret');
});

test('one that came to nothing is sent again, one that was answered is not', async () => {
  const { id: projectId } = await slipway.project(tenant);
  receiver.answer = () => ({ status: 422, body: 'not now' });
  const fileId = await told(projectId, 'again.bin');
  receiver.answer = () => ({ status: 200, body: '{"serverData":1}' });
  await resendCallback(tenant.ctx, { projectId, fileId });
  await deliverCallback(tenant.ctx, { fileId });
  const after = await getCallbackDetail(tenant.ctx, { projectId, fileId });
  expect(after).toMatchObject({ state: 'done', result: '1' });
  expect(after.tries.map(({ status }) => status)).toEqual([200, 422]);
  await expect(resendCallback(tenant.ctx, { projectId, fileId })).rejects.toMatchObject({
    code: 'conflict',
  });
  const entries = await tenant.ctx.db
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, fileId), eq(auditEntry.action, 'callback.resent')));
  expect(entries).toHaveLength(1);
});

test('another organization’s callbacks are not there, by its own project neither', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const fileId = await told(projectId, 'mine.bin');
  const stranger = await slipway.tenant();
  const { id: own } = await slipway.project(stranger);
  const caller = appRouter.createCaller(stranger.ctx).callback;
  for (const call of [
    () => caller.list({ projectId }),
    () => caller.get({ projectId, fileId }),
    () => caller.get({ projectId: own, fileId }),
    () => caller.resend({ projectId: own, fileId }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await caller.list({ projectId: own })).data).toEqual([]);
  // A cursor of somebody else’s file begins nowhere.
  expect((await caller.list({ projectId: own, cursor: fileId })).data).toEqual([]);
});
