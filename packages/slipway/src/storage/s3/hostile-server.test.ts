import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { Storage } from '../storage.ts';
import { createS3Storage } from './s3-storage.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

/** A server that a member named as a bucket, and that answers as it likes. */
async function storageThat(answer: (response: ServerResponse) => void): Promise<Storage> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return createS3Storage({
    bucket: 'hostile',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    accessKeyId: 'test',
    secretAccessKey: 'test',
    forcePathStyle: true,
  });
}

const key = 'prj_1/abcdefgh12345678';
const upload = { key, uploadId: 'u' };

async function drain(list: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of list) {
    count += 1;
    if (count > 50_000) throw new Error('the list does not end');
  }
  return count;
}

const UNAVAILABLE = { code: 'storage_unavailable' };

const page = (name: string, inner: string) =>
  `<?xml version="1.0"?><${name}><IsTruncated>true</IsTruncated>${inner}</${name}>`;
const object = (name: string) => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`;

test.each([
  ['an empty page', ''],
  ['the same page', object('a') + object('b')],
])('a list of keys that goes on with %s for ever is refused', async (_, contents) => {
  let asked = 0;
  const storage = await storageThat((response) => {
    asked += 1;
    response.end(asked > 20 ? '<ListBucketResult/>' : page('ListBucketResult', contents));
  });
  await expect(drain(storage.list())).rejects.toMatchObject(UNAVAILABLE);
  expect(asked).toBeLessThan(4);
});

test.each([
  ['without a marker', () => ''],
  ['with the same marker', () => mark('a', 'u')],
  ['with a marker before the last', (asked: number) => mark(asked % 2 ? 'b' : 'a', 'u')],
  ['with one key for ever', (asked: number) => mark('a', `u${asked}`)],
])('a list of open uploads that goes on %s is refused', async (_, marker) => {
  let asked = 0;
  const storage = await storageThat((response) => {
    asked += 1;
    const name = 'ListMultipartUploadsResult';
    response.end(asked > 200 ? `<${name}/>` : page(name, marker(asked)));
  });
  await expect(drain(storage.listMultiparts())).rejects.toMatchObject(UNAVAILABLE);
});

function mark(name: string, uploadId: string): string {
  return `<NextKeyMarker>${name}</NextKeyMarker><NextUploadIdMarker>${uploadId}</NextUploadIdMarker>`;
}

const part = (number: number) =>
  `<Part><PartNumber>${number}</PartNumber><Size>1</Size><ETag>e</ETag></Part>`;
const partMark = (marker: string) => `<NextPartNumberMarker>${marker}</NextPartNumberMarker>`;

test.each([
  ['without a marker', () => part(1)],
  ['with the same marker', () => part(1) + partMark('1')],
  ['with what is no number', () => partMark('x')],
  ['with a number that no part has', () => partMark('10001')],
  [
    'with more parts than S3 has',
    (asked: number) => part(asked).repeat(4000) + partMark(`${asked}`),
  ],
])('a list of parts that goes on %s is refused', async (_, inner) => {
  let asked = 0;
  const storage = await storageThat((response) => {
    asked += 1;
    response.end(asked > 20 ? '<ListPartsResult/>' : page('ListPartsResult', inner(asked)));
  });
  await expect(storage.listParts(upload)).rejects.toMatchObject(UNAVAILABLE);
  expect(asked).toBeLessThan(5);
});

test('an answer without an end is not collected', async () => {
  let sent = 0;
  const storage = await storageThat((response) => {
    const mib = Buffer.alloc(1024 ** 2, ' ');
    response.on('error', () => {});
    const more = () => {
      if (response.destroyed) return;
      sent += mib.length;
      // It does end after all, so that whoever collects it is found out.
      if (sent > 64 * mib.length) response.end('<ListBucketResult/>');
      else response.write(mib, more);
    };
    more();
  });
  await expect(drain(storage.list())).rejects.toMatchObject(UNAVAILABLE);
});

const SHORT: [string, (storage: Storage) => Promise<unknown>][] = [
  ['head', (storage) => storage.head(key)],
  ['delete', (storage) => storage.delete(key)],
  ['check', (storage) => storage.check()],
  ['list', (storage) => drain(storage.list())],
  ['listParts', (storage) => storage.listParts(upload)],
  ['listMultiparts', (storage) => drain(storage.listMultiparts())],
  ['abortMultipart', (storage) => storage.abortMultipart(upload)],
  ['createMultipart', (storage) => storage.createMultipart({ key, type: 'a/b', digests: false })],
];

test.each(SHORT)('%s waits half a minute for a bucket that never answers', async (_, call) => {
  const storage = await storageThat(() => {});
  expect(await secondsUntilRefused(() => call(storage))).toBeLessThan(35);
});

test('an answer that comes byte by byte is given up', async () => {
  const storage = await storageThat((response) => {
    response.write('<ListBucketResult>');
  });
  expect(await secondsUntilRefused(() => drain(storage.list()))).toBeLessThan(35);
});

/** By a clock that runs faster. */
async function secondsUntilRefused(call: () => Promise<unknown>): Promise<number> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let refused = false;
  const done = call().then(
    () => Promise.reject(new Error('it was answered')),
    () => {
      refused = true;
    },
  );
  let seconds = 0;
  for (; !refused && seconds < 120; seconds += 1) {
    // Sockets are real, and take their time.
    for (let turn = 0; turn < 200 && !refused; turn += 1) await pause();
    await vi.advanceTimersByTimeAsync(1000);
  }
  if (refused) await done;
  return seconds;
}
