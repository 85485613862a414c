import { newId, randomToken } from '@repo/foundation/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { requestUpload } from './request-upload.ts';

let slipway: TestSlipway;
let owner: TestTenant;
let stranger: string;
let file: { id: string; key: string };

beforeAll(async () => {
  slipway = await startTestSlipway();
  owner = await slipway.tenant();
  const { id: projectId } = await slipway.project(owner);
  ({ key: stranger } = await slipway.project(await slipway.tenant()));
  const upload = { name: 'secret.txt', size: 6, type: 'text/plain' };
  file = await requestUpload(owner.ctx, { projectId, upload });
  await slipway.putBytes({ key: file.key, bytes: Buffer.from('secret'), type: 'text/plain' });
  await completeUpload(owner.ctx, { projectId, upload: { id: file.id } });
});
afterAll(() => slipway.close());

const PLACES: [string, (id: string) => string][] = [
  ['a file', (id) => `/api/files/${id}`],
  ['its URL', (id) => `/api/files/${id}/url`],
  ['its history', (id) => `/api/files/${id}/history`],
  ['its bytes', (key) => `/f/${key}`],
];

async function ask(path: string) {
  const app = createHttp(slipway.runtime, { stopping: false });
  const headers = { authorization: `Bearer ${stranger}` };
  const began = performance.now();
  const response = await app.request(path, { headers }, {});
  const body = await response.text();
  const took = performance.now() - began;
  const shown = [...response.headers].filter(([name]) => name !== 'x-request-id');
  return { status: response.status, body, headers: shown, took };
}

/** Without what names the asked thing or the request itself. */
const plain = (text: string, id: string) =>
  text.replaceAll(id, 'ID').replace(/"requestId":"[^"]+"/, '"requestId":"R"');

const mine = (place: string) => (place === 'its bytes' ? file.key : file.id);
const nothing = (place: string) =>
  place === 'its bytes' ? `${file.key.split('/')[0]}/${randomToken(32)}.txt` : newId('file');

test.each(PLACES)('to a stranger %s looks like one that does not exist', async (place, pathOf) => {
  const [there, absent] = [mine(place), nothing(place)];
  const [one, other] = [await ask(pathOf(there)), await ask(pathOf(absent))];
  expect(one.status).toBe(404);
  expect({ status: one.status, body: plain(one.body, there), headers: one.headers }).toEqual({
    status: other.status,
    body: plain(other.body, absent),
    headers: other.headers,
  });
});

/** The middle half of the values. */
function middle(values: number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[sorted.length >> 2] ?? 0, sorted[(sorted.length * 3) >> 2] ?? 0];
}

test('and takes as long as one that does not exist', async () => {
  const there: number[] = [];
  const absent: number[] = [];
  for (let pair = 0; pair < 1000; pair += 1) {
    there.push((await ask(`/api/files/${file.id}`)).took);
    absent.push((await ask(`/api/files/${newId('file')}`)).took);
  }
  const [low, high] = middle(there);
  const [otherLow, otherHigh] = middle(absent);
  expect(Math.max(low, otherLow)).toBeLessThan(Math.min(high, otherHigh));
}, 60_000);

test('ids and keys hold at least 128 random bits, and none comes twice', () => {
  const base62 = Math.log2(62);
  expect(file.id.replace('file_', '').length * base62).toBeGreaterThan(128);
  expect((/\/(\w+)/.exec(file.key)?.[1]?.length ?? 0) * base62).toBeGreaterThan(128);
  const ids = new Set(Array.from({ length: 100_000 }, () => newId('file')));
  expect(ids.size).toBe(100_000);
});
