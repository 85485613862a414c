import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUploader, putFile, type QueueOptions } from 'slipway/client';
import { createSlipway, route, type Slipway } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';
import { startUploadApp, type UploadApp } from './upload-app.ts';

const MIB = 1024 ** 2;
const PART = 8 * MIB;
const BYTES = new Uint8Array(randomBytes(26 * MIB + 12_345));
const PARTS = 4;

const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const digests = Array.from({ length: PARTS }, (_, index) =>
  hex(BYTES.subarray(index * PART, (index + 1) * PART)),
);
const CHECKSUM = `sha256-parts:${PART}:${hex(Buffer.from(digests.join(''), 'hex'))}`;

let apiKey: string;
let slipway: Slipway;
let app: UploadApp;

beforeAll(async () => {
  ({ key: apiKey } = await signUpWithProject());
  slipway = createSlipway({ url: slipwayUrl(), apiKey });
  const films = route({ maxSize: '1GB', maxFiles: 9 }).authorize(() => ({ userId: 'anna' }));
  app = await startUploadApp(apiKey, { films });
});
afterAll(() => app.close());

async function digestStored(id: string): Promise<string> {
  const response = await slipway.files.download(id);
  return hex(new Uint8Array(await response.arrayBuffer()));
}

async function historyOf(id: string): Promise<string[]> {
  const response = await fetch(`${slipwayUrl()}/api/files/${id}/history`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { data } = (await response.json()) as { data: { to: string; reason: string }[] };
  return data.map(({ to, reason }) => `${to}: ${reason}`);
}

/** What became of a file that is deleted, or will be in a moment. */
async function storyOfDeleted(name: string): Promise<string[]> {
  for (let wait = 0; wait < 100; wait += 1) {
    const [file] = (await slipway.files.list({ q: name, status: 'deleted' })).data;
    if (file) return historyOf(file.id);
    await sleep(50);
  }
  return [];
}

describe('a server sends a large file in parts', () => {
  test.each([
    ['bytes', () => BYTES],
    ['a Blob', () => new Blob([BYTES])],
    ['a stream', () => new Blob([BYTES]).stream()],
  ])('from %s, bit for bit', async (_, source) => {
    const file = await slipway.upload(source(), { name: 'film.bin', size: BYTES.length });
    expect(file).toMatchObject({ status: 'ready', size: BYTES.length, checksum: CHECKSUM });
    expect(await digestStored(file.id)).toBe(hex(BYTES));
  });

  test('and a caller that stops leaves nothing but the story', async () => {
    const controller = new AbortController();
    const source = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(BYTES.subarray(0, 20 * MIB)),
    });
    const work = slipway.upload(source, {
      name: 'stopped.bin',
      size: BYTES.length,
      signal: controller.signal,
    });
    await sleep(500);
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(await storyOfDeleted('stopped.bin')).toEqual([
      'pending: announced',
      'deleted: cancelled',
    ]);
  });
});

/** A page: its uploader, and the sizes of the pieces that it sent. */
function openPage(options: Partial<QueueOptions> = {}) {
  const sent: number[] = [];
  const uploader = createUploader({
    endpoint: app.endpoint,
    route: 'films',
    put: async (piece, target, more) => {
      sent.push(piece.size);
      await putFile(piece, target, more);
    },
    ...options,
  });
  return { uploader, sent };
}

const film = (name = 'film.bin', bytes = BYTES) =>
  new File([bytes], name, { type: 'application/octet-stream', lastModified: 1_700_000_000_000 });

describe('a browser sends a large file in parts', () => {
  test('through the upload handler, each part once, with its digest', async () => {
    const { uploader, sent } = openPage();
    const totals: number[] = [];
    uploader.subscribe(() => totals.push(uploader.getSnapshot().progress));
    uploader.add([film()]);
    const [item] = (await uploader.settled()).items;
    expect(item?.result).toMatchObject({ status: 'ready', checksum: CHECKSUM, sha256: hex(BYTES) });
    expect(sent.toSorted((a, b) => b - a)).toEqual([PART, PART, PART, BYTES.length - 3 * PART]);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(await digestStored(item?.result?.id ?? '')).toBe(hex(BYTES));
  });

  test('a bit that flips on the way costs that part, and no other', async () => {
    let attempts = 0;
    const { uploader } = openPage({
      put: async (piece, target, more) => {
        attempts += 1;
        const attempt = attempts;
        const bytes = new Uint8Array(await piece.arrayBuffer());
        if (attempt === 2) bytes[1000] = (bytes[1000] ?? 0) ^ 16;
        await putFile(new Blob([bytes]), target, more);
      },
    });
    uploader.add([film()]);
    const [item] = (await uploader.settled()).items;
    expect([item?.state, attempts]).toEqual(['done', PARTS + 1]);
    expect(await digestStored(item?.result?.id ?? '')).toBe(hex(BYTES));
  });

  test('a page that comes back goes on where it stopped', async () => {
    const records = new Map<string, string>();
    const localStorage = {
      getItem: (name: string) => records.get(name) ?? null,
      setItem: (name: string, value: string) => records.set(name, value),
    };
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
    const before = openPage();
    before.uploader.add([film('again.bin')]);
    let [waits, stored] = [0, 0];
    while (stored < PART && waits < 1000) {
      await sleep(5);
      waits += 1;
      stored = before.uploader.getSnapshot().loaded;
    }
    // As a closed tab: its connections end, and it says nothing more.
    before.uploader.pause();
    const after = openPage();
    after.uploader.add([film('again.bin')]);
    const [item] = (await after.uploader.settled()).items;
    Reflect.deleteProperty(globalThis, 'localStorage');
    expect(item?.state).toBe('done');
    expect(await digestStored(item?.result?.id ?? '')).toBe(hex(BYTES));
    expect((await slipway.files.list({ q: 'again.bin' })).data).toHaveLength(1);
    expect(after.sent.length).toBeLessThan(PARTS);
    expect(await historyOf(item?.result?.id ?? '')).toEqual([
      'pending: announced',
      'verifying: bytes_arrived',
      'ready: verified',
    ]);
  });

  test('a cancelled file leaves nothing but the story', async () => {
    const { uploader, sent } = openPage();
    uploader.add([film('cancelled.bin')]);
    while (sent.length < 2) await sleep(5);
    uploader.cancel();
    expect(await storyOfDeleted('cancelled.bin')).toEqual([
      'pending: announced',
      'deleted: cancelled',
    ]);
  });

  test('one that lies about its type does not sink the others', async () => {
    const { uploader } = openPage();
    const lie = new File([BYTES], 'lie.png', { type: 'image/png' });
    uploader.add([film('good.bin'), lie, film('small.bin', BYTES.slice(0, 1000))]);
    const { items } = await uploader.settled();
    expect(items.map(({ state, error }) => error?.code ?? state)).toEqual([
      'done',
      'type_mismatch',
      'done',
    ]);
  });
});
