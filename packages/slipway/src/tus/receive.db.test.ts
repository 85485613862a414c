import { randomBytes, randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendToUpload } from './append.ts';
import { readTusUrl } from './capability.ts';
import { sha256 } from './testing/client.ts';
import { loseLocks } from './testing/lose-locks.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';
import { parseUploadChecksum } from './upload-checksum.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});

afterAll(() => world.close());

const BYTES = randomBytes(3_000_000);

/** Sends some bytes, then nothing. */
function silentAfter(bytes: Buffer): Readable {
  const body = new Readable({ read() {} });
  body.push(bytes);
  return body;
}

test('a sender that falls silent is cut off, and what it brought is kept, unless it was to be compared', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  const append = (offset: number, checksum: string | undefined) =>
    appendToUpload(world.jobContext(), {
      capability: readTusUrl(url),
      offset,
      length: undefined,
      body: silentAfter(BYTES.subarray(offset, offset + 1_000_000)),
      contentLength: BYTES.length - offset,
      checksum: parseUploadChecksum(checksum),
      idleMs: 100,
    });
  const stalled = { code: 'upload_stalled', status: 408 };
  await expect(append(0, undefined)).rejects.toMatchObject(stalled);
  expect((await tus.head(url)).offset).toBe(1_000_000);
  const digest = Buffer.alloc(20).toString('base64');
  await expect(append(1_000_000, `sha1 ${digest}`)).rejects.toMatchObject(stalled);
  expect((await tus.head(url)).offset).toBe(1_000_000);
  const rest = await tus.patch([url, 1_000_000], BYTES.subarray(1_000_000));
  expect(rest.headers.get('slipway-status')).toBe('ready');
});

test('a sender that brings a byte now and then is cut off, and what it brought is kept', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  async function* slowly() {
    for (const byte of BYTES.subarray(0, 100)) {
      await sleep(20);
      yield Buffer.from([byte]);
    }
  }
  const sending = appendToUpload(world.jobContext(), {
    capability: readTusUrl(url),
    offset: 0,
    length: undefined,
    body: Readable.from(slowly(), { objectMode: false }),
    contentLength: BYTES.length,
    checksum: undefined,
    idleMs: 500,
  });
  await expect(sending).rejects.toMatchObject({ code: 'upload_stalled', status: 408 });
  const { offset } = await tus.head(url);
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThan(100);
});

test('two hundred cuts at any byte, and every byte is there once', async () => {
  const { tus } = await world.project();
  const bytes = randomBytes(8_000_000);
  const { url } = await tus.create({ length: bytes.length, metadata: { sha256: sha256(bytes) } });
  let offset = 0;
  for (let cuts = 0; cuts < 200; cuts += 1) {
    const send = bytes.subarray(offset, offset + randomInt(1, 60_000));
    const sender = tus.dribble([url, offset], { announce: bytes.length - offset, send });
    await sender.sent;
    await sleep(randomInt(20));
    sender.cut();
    const after = await tus.head(url);
    expect(after.offset).toBeGreaterThanOrEqual(offset);
    expect(after.offset).toBeLessThanOrEqual(offset + send.length);
    offset = after.offset;
  }
  expect(offset).toBeGreaterThan(0);
  const last = await tus.patch([url, offset], bytes.subarray(offset));
  expect(last.headers.get('slipway-status')).toBe('ready');
}, 60_000);

test('who loses the lock writes nothing more, and the upload goes on with another request', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  await tus.patch([url, 0], BYTES.subarray(0, 1_000_000));
  const send = BYTES.subarray(1_000_000, 2_000_000);
  const sender = tus.dribble([url, 1_000_000], { announce: 2_000_000, send });
  const name = `tus:${readTusUrl(url).fileId}`;
  await expect
    .poll(async () => {
      const lock = await world.jobContext().locks.acquire(name);
      await lock?.release();
      return lock === null;
    })
    .toBe(true);
  await loseLocks(world);
  expect(await sender.answered).toBe(503);
  const { offset } = await tus.head(url);
  expect(offset).toBeGreaterThanOrEqual(1_000_000);
  expect(offset).toBeLessThanOrEqual(2_000_000);
  const rest = await tus.patch([url, offset], BYTES.subarray(offset));
  expect(rest.headers.get('slipway-status')).toBe('ready');
});
