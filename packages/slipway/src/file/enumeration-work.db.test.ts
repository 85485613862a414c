import { newId, randomToken } from '@repo/foundation/ids';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { requestUpload } from './request-upload.ts';

let slipway: TestSlipway;
let stranger: string;
let there: { id: string; key: string };

beforeAll(async () => {
  slipway = await startTestSlipway();
  const owner = await slipway.tenant();
  const { id: projectId } = await slipway.project(owner);
  ({ key: stranger } = await slipway.project(await slipway.tenant()));
  const upload = { name: 'secret.txt', size: 6, type: 'text/plain' };
  there = await requestUpload(owner.ctx, { projectId, upload });
  await slipway.putBytes({ key: there.key, bytes: Buffer.from('secret'), type: 'text/plain' });
  await completeUpload(owner.ctx, { projectId, upload: { id: there.id } });
});
afterAll(() => slipway.close());

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { text?: unknown }).text);

/** What a request's answer was, and every statement that it took. */
async function workOf(method: string, path: string, body?: object) {
  const query = vi.spyOn(Client.prototype, 'query');
  const headers = { authorization: `Bearer ${stranger}`, 'content-type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const { status } = await createHttp(slipway.runtime, { stopping: false }).request(path, init, {});
  const statements = query.mock.calls
    .map(([first]) => textOf(first))
    // The queue looks after itself, whatever is asked.
    .filter((text) => !text.includes('pgboss'));
  query.mockRestore();
  return { status, statements };
}

const absent = () => ({
  id: newId('file'),
  key: `${there.key.split('/')[0]}/${randomToken(32)}.txt`,
});

test.each<[string, (file: { id: string; key: string }) => Parameters<typeof workOf>]>([
  ['asks for it', ({ id }) => ['GET', `/api/files/${id}`]],
  ['asks for its URL', ({ id }) => ['GET', `/api/files/${id}/url`]],
  ['asks for its history', ({ id }) => ['GET', `/api/files/${id}/history`]],
  ['deletes it', ({ id }) => ['DELETE', `/api/files/${id}`]],
  ['completes it by its id', ({ id }) => ['POST', '/api/upload-complete', { id }]],
  ['completes it by its key', ({ key }) => ['POST', '/api/upload-complete', { key }]],
])('who %s in another project makes us do what a missing file does, no more', async (_, call) => {
  // Once before: what is prepared or remembered then is not counted.
  await workOf(...call(absent()));
  const [one, other] = [await workOf(...call(there)), await workOf(...call(absent()))];
  expect(one.status).toBe(404);
  expect(one.statements.length).toBeGreaterThan(0);
  expect(one).toEqual(other);
});
