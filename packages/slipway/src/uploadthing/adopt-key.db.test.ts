import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload } from '../file/complete-upload.ts';
import { deleteFile } from '../file/delete.ts';
import { getFile } from '../file/get.ts';
import { requestUpload } from '../file/request-upload.ts';
import { file } from '../file/table.ts';
import { keyActor, startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { findFile } from './find-file.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});
afterAll(() => slipway.close());

const bytes = Buffer.from('moved');
const announce = (key: string, more: object = {}, ctx = tenant.ctx, id = projectId) =>
  requestUpload(ctx, {
    projectId: id,
    upload: {
      ...{ name: 'a.txt', size: bytes.length, type: 'text/plain' },
      uploadthing: { key, ...more },
    },
  });
async function finish({ id, key }: { id: string; key: string }) {
  await slipway.putBytes({ key, bytes, type: 'text/plain' });
  return completeUpload(tenant.ctx, { projectId, upload: { id } });
}
const holder = async (key: string) => (await findFile(tenant.ctx, { projectId, any: key }))?.row.id;

test('a file is found under the key that it had, and keeps it for good once it was ready', async () => {
  const key = `k${randomUUID()}`;
  const ticket = await announce(key, { acl: 'private' });
  await finish(ticket);
  expect(await holder(key)).toBe(ticket.id);
  const [row] = await slipway.runtime.db.select().from(file).where(eq(file.id, ticket.id));
  expect(row?.isPrivate).toBe(true);
  const details = { fileId: ticket.id, status: 'ready' };
  await expect(announce(key, { restart: true })).rejects.toMatchObject({
    code: 'file_key_taken',
    details,
  });
  await deleteFile(tenant.ctx, { projectId, fileId: ticket.id });
  await expect(announce(key, { restart: true })).rejects.toMatchObject({ code: 'file_key_taken' });
  // Another project’s keys are its own matter.
  const other = await slipway.project(tenant);
  await announce(key, {}, tenant.ctx, other.id);
});

test('a copy that never came gives its key up, but only to whoever says so', async () => {
  const key = `k${randomUUID()}`;
  const first = await announce(key);
  await expect(announce(key)).rejects.toMatchObject({
    details: { fileId: first.id, status: 'pending' },
  });
  const second = await announce(key, { restart: true });
  const ended = await getFile(tenant.ctx, { projectId, fileId: first.id });
  expect([ended.status, await holder(key)]).toEqual(['deleted', second.id]);
  await finish(second);
  // Of several at once one gets it.
  const contested = `k${randomUUID()}`;
  const all = await Promise.allSettled([1, 2, 3, 4].map(() => announce(contested)));
  const refused = all.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => reason.code)).toEqual(Array(3).fill('file_key_taken'));
});

test('one that ended without being ready is no obstacle', async () => {
  const key = `k${randomUUID()}`;
  const first = await announce(key);
  await slipway.putBytes({ key: first.key, bytes: Buffer.from('other'), type: 'text/plain' });
  await deleteFile(tenant.ctx, { projectId, fileId: first.id });
  const second = await announce(key);
  expect(await holder(key)).toBe(second.id);
});

test('a key that may only upload, a viewer of nothing and a stranger adopt none', async () => {
  const key = `k${randomUUID()}`;
  const uploader = { ...tenant.ctx, actor: keyActor(projectId, ['upload', 'read', 'delete']) };
  await expect(announce(key, {}, uploader)).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = await slipway.tenant();
  await expect(announce(key, {}, stranger.ctx)).rejects.toMatchObject({ code: 'not_found' });
  expect(await holder(key)).toBeUndefined();
});
