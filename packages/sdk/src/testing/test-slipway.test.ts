import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uploadFiles } from '../client/upload-files.ts';
import { createUploadHandler } from '../server/handler.ts';
import { route } from '../server/route.ts';
import { startTestSlipway, type TestSlipway } from './index.ts';

let slipway: TestSlipway;
beforeAll(async () => {
  slipway = await startTestSlipway({ partSize: 1000 });
});
afterAll(() => slipway.close());
beforeEach(() => slipway.reset());

const send = (...files: File[]) => {
  const { url, apiKey } = slipway;
  const routes = { notes: route({ maxFiles: 5 }).authorize(() => ({ user: 'anna' })) };
  const handle = createUploadHandler({ url, apiKey, routes });
  return uploadFiles(files, {
    ...{ endpoint: 'https://app.test/api/slipway', route: 'notes' },
    fetch: (address, init) => handle(new Request(address, init)),
  });
};
const note = (text = 'Hello.', name = 'note.txt') => new File([text], name, { type: 'text/plain' });

describe('looking at what came', () => {
  test('files, their bytes and the calls', async () => {
    await send(note(), note('x'.repeat(2500), 'long.txt'));
    expect(
      slipway
        .files()
        .map(({ file }) => file.name)
        .sort(),
    ).toEqual(['long.txt', 'note.txt']);
    const { file, bytes } = slipway.file('note.txt');
    expect(file).toMatchObject({ status: 'ready', metadata: { user: 'anna' } });
    expect([slipway.file(file.id).text(), bytes?.length]).toEqual(['Hello.', 6]);
    expect(slipway.file('long.txt').text()).toBe('x'.repeat(2500));
    expect(slipway.calls.filter(({ path }) => path === '/api/upload-url')).toHaveLength(2);
  });

  test('a file that is not there says what is', async () => {
    expect(() => slipway.file('a.txt')).toThrow('found 0. There is: nothing');
    await slipway.put('b.txt', 'b');
    expect(() => slipway.file('a.txt')).toThrow('“b.txt” (ready)');
    await slipway.put('b.txt', 'b');
    expect(() => slipway.file('b.txt')).toThrow('found 2');
    await expect(slipway.waitForFile('a.txt', { timeout: 20 })).rejects.toThrow('found 0');
  });

  test('a file that is waited for', async () => {
    const waiting = slipway.waitForFile('later.txt');
    await slipway.put('later.txt', 'late', { customId: 'l', metadata: { n: 1 } });
    expect((await waiting).file).toMatchObject({ customId: 'l', metadata: { n: 1 } });
  });
});

describe('failures', () => {
  test('that pass are tried again by the client, those that do not are told', async () => {
    slipway.fail('PUT /ingest/', 'drop', { status: 503, times: 2 });
    slipway.fail('POST /api/upload-complete', { status: 503 });
    slipway.delayReady(1);
    expect(await send(note())).toMatchObject([{ state: 'done' }]);
    slipway.fail('POST /api/upload-url', { status: 422, code: 'quota_exceeded', message: 'Full.' });
    const [item] = await send(note());
    expect(item?.error).toMatchObject({ code: 'quota_exceeded', message: 'Full.' });
  });
});

describe('from an address', () => {
  test('what was put there is found, and nothing is fetched', async () => {
    slipway.serveSource('https://example.com/a/film.txt?x=1', 'a film', 'text/plain');
    const file = await slipway.client.uploadFromUrl('https://example.com/a/film.txt?x=1');
    expect(file).toMatchObject({ name: 'film.txt', type: 'text/plain', status: 'ready' });
    const other = slipway.client.uploadFromUrl('https://example.com/other');
    await expect(other).rejects.toMatchObject({ code: 'source_unavailable' });
  });
});

test('rules of the project hold', async () => {
  slipway.setRules({ allowedTypes: ['image/*'], maxFiles: 1 });
  expect((await send(note()))[0]?.error?.code).toBe('file_type_not_allowed');
  slipway.setRules({ maxFiles: 1 });
  await slipway.put('a.txt', 'a');
  await expect(slipway.put('b.txt', 'b')).rejects.toMatchObject({ code: 'file_limit_reached' });
  slipway.setRules({});
});
