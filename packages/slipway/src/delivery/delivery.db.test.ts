import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload, getFileUrl, requestUpload } from '../file/index.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';

const BYTES = Buffer.from('a few words');

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { visibility: 'public' }));
});

afterAll(() => slipway.close());

async function readyFile() {
  const upload = { name: 'a.txt', size: BYTES.length, type: 'text/plain' };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes: BYTES, type: 'text/plain' });
  return completeUpload(tenant.ctx, { projectId, upload: { id } });
}

const get = (url: string, init: RequestInit = {}) =>
  createHttp(slipway.runtime, { stopping: false }).request(url, init, {});

test('an error carries nothing of the file that it is not', async () => {
  const { key, url } = await readyFile();
  await tenant.ctx.storages.default.delete(key);
  for (const headers of [{}, { range: 'bytes=0-3' }]) {
    const answer = await get(String(url), { headers });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'storage_unavailable' } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const names = ['etag', 'content-length', 'content-range', 'content-disposition'];
    for (const name of [...names, 'accept-ranges'])
      expect(answer.headers.get(name), name).toBeNull();
  }
});

test('caches keep a public file for minutes, and only what its lasting address gave', async () => {
  const { id, url } = await readyFile();
  const plain = await get(String(url));
  expect(plain.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
  const etag = plain.headers.get('etag') ?? '';
  const again = await get(String(url), { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  expect(again.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
  const signed = async (expiresIn: number) => {
    const link = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: { expiresIn } });
    return (await get(link.url)).headers.get('cache-control');
  };
  expect(await signed(3600)).toBe('private, max-age=300');
  // No cache outlives the URL.
  expect(await signed(10)).toMatch(/^private, max-age=([89]|10)$/);
});

test('HEAD tells what GET would send', async () => {
  const { url } = await readyFile();
  const head = await get(String(url), { method: 'HEAD' });
  const whole = await get(String(url));
  expect(head.status).toBe(200);
  for (const name of ['content-length', 'content-type', 'etag', 'accept-ranges', 'cache-control'])
    expect(head.headers.get(name), name).toBe(whole.headers.get(name));
  expect(await whole.text()).toBe(BYTES.toString());
});

test.each([
  ['bytes=0-0', 206, 'a', 'bytes 0-0/11'],
  ['bytes=2-4', 206, 'few', 'bytes 2-4/11'],
  ['bytes=6-', 206, 'words', 'bytes 6-10/11'],
  ['bytes=-5', 206, 'words', 'bytes 6-10/11'],
  ['bytes=-99', 206, 'a few words', 'bytes 0-10/11'],
  ['bytes=6-99999999999999999999', 206, 'words', 'bytes 6-10/11'],
  ['bytes=11-', 416, '', 'bytes */11'],
  ['bytes=99999999999999999999-', 416, '', 'bytes */11'],
  ['bytes=-0', 416, '', 'bytes */11'],
  // Several ranges, and what is none: the whole file (RFC 9110 §14.2).
  ['bytes=0-0,2-4', 200, 'a few words', null],
  ['bytes=4-2', 200, 'a few words', null],
  ['words=0-1', 200, 'a few words', null],
  ['bytes=', 200, 'a few words', null],
  ['bytes=0x0-0x1', 200, 'a few words', null],
])('%s of eleven bytes: %i', async (range, status, text, contentRange) => {
  const { url } = await readyFile();
  const answer = await get(String(url), { headers: { range } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-range')).toBe(contentRange);
  expect(await answer.text()).toBe(text);
  if (status !== 416) expect(answer.headers.get('content-length')).toBe(String(text.length));
  // A piece is never of something else than the rest was.
  const etag = (await get(String(url))).headers.get('etag') ?? '';
  const same = await get(String(url), { headers: { range, 'if-range': etag } });
  expect(same.status).toBe(status);
  const other = await get(String(url), { headers: { range, 'if-range': '"other"' } });
  expect(other.status).toBe(200);
});
