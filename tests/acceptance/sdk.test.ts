import { createHash, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { uploadFiles } from 'slipway/client';
import { createSlipway, route, type Slipway, SlipwayError, UploadRejected } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';
import { startUploadApp, type UploadApp } from './upload-app.ts';

/** One white pixel. */
const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

let apiKey: string;
let slipway: Slipway;

beforeAll(async () => {
  ({ key: apiKey } = await signUpWithProject());
  slipway = createSlipway({ url: slipwayUrl(), apiKey });
});

const noise = (size: number) => new Uint8Array(randomBytes(size));
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const failureOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const reason: unknown = await work.then(
    () => new Error('Expected a failure.'),
    (error: unknown) => error,
  );
  if (!(reason instanceof SlipwayError)) throw reason;
  return reason;
};

describe('upload and download', () => {
  test.each([
    ['bytes', (bytes: Uint8Array<ArrayBuffer>) => bytes],
    ['a buffer', (bytes: Uint8Array<ArrayBuffer>) => bytes.buffer],
    ['a Blob', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
    ['a stream', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream()],
  ])('%s come back bit for bit', async (_, wrap) => {
    const bytes = noise(300_000);
    const file = await slipway.upload(wrap(bytes), {
      name: 'noise.bin',
      size: bytes.length,
      metadata: { album: 7 },
    });
    expect(file).toMatchObject({
      status: 'ready',
      size: bytes.length,
      sha256: hex(bytes),
      metadata: { album: 7 },
    });
    expect(hex(await bytesOf(await slipway.files.download(file.id)))).toBe(hex(bytes));
    const part = await slipway.files.download(file.id, { range: { start: 100, end: 199 } });
    expect(await bytesOf(part)).toEqual(bytes.slice(100, 200));
  });

  test('an empty file is a file', async () => {
    const file = await slipway.upload(new Uint8Array(0), { name: 'empty.txt' });
    expect(file).toMatchObject({ status: 'ready', size: 0 });
  });

  test('a stream that ends early never becomes ready', async () => {
    const failure = await failureOf(
      slipway.upload(new Blob([noise(50)]).stream(), { name: 'x.bin', size: 100 }),
    );
    expect(failure.code).toBe('invalid_source');
  });

  test('bytes that are not what they claim are refused', async () => {
    expect((await failureOf(slipway.upload(noise(1000), { name: 'a.png' }))).code).toBe(
      'type_mismatch',
    );
    const lie = slipway.upload(noise(10), { name: 'a.bin', sha256: 'a'.repeat(64) });
    expect((await failureOf(lie)).code).toBe('digest_mismatch');
  });

  test('a target takes bytes once', async () => {
    const target = await slipway.uploads.create({
      name: 'a.bin',
      size: 10,
      type: 'application/octet-stream',
    });
    const put = () =>
      fetch(target.url, { method: target.method, headers: target.headers, body: noise(10) });
    expect([(await put()).status, (await put()).status]).toEqual([200, 409]);
    const [first, second] = [
      await slipway.uploads.complete({ id: target.id }),
      await slipway.uploads.complete({ key: target.key }),
    ];
    expect(second).toEqual(first);
  });
});

describe('files', () => {
  test('list, all, get, url, delete', async () => {
    const own = createSlipway({ url: slipwayUrl(), apiKey: (await signUpWithProject()).key });
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await own.upload(new Blob([name]), { name });
    const page = await own.files.list({ limit: 2 });
    expect([page.data.length, typeof page.nextCursor]).toEqual([2, 'string']);
    const names: string[] = [];
    for await (const { name } of own.files.all({
      limit: 2,
      status: 'ready',
      from: new Date(Date.now() - 3_600_000),
    }))
      names.push(name);
    expect(names.sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    const [file] = (await own.files.list({ q: 'b.txt' })).data;
    const id = file?.id ?? '';
    expect(await own.files.get(id)).toEqual(file);
    const { url, expiresAt } = await own.files.url(id, { expiresIn: 60 });
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThan(61_000);
    expect(await (await fetch(url)).text()).toBe('b.txt');
    const saved = await fetch((await own.files.url(id, { download: 'other.txt' })).url);
    expect(saved.headers.get('content-disposition')).toContain('other.txt');
    expect((await own.files.delete(id)).status).toBe('deleted');
    expect((await fetch(url)).ok).toBe(false);
    expect((await own.project()).rules.visibility).toBe('private');
  });

  test('errors carry what a developer needs, and never the key', async () => {
    const missing = await failureOf(slipway.files.get('file_none'));
    expect(missing).toMatchObject({
      status: 404,
      requestId: expect.stringMatching(/^req_/),
      docs: expect.stringMatching(/^http/),
    });
    const secret = `${apiKey.slice(0, -4)}AAAA`;
    const refused = await failureOf(createSlipway({ url: slipwayUrl(), apiKey: secret }).project());
    expect([refused.status, refused.code]).toEqual([401, 'api_key_invalid']);
    expect(inspect([missing, refused], { depth: 9, showHidden: true })).not.toContain(secret);
  });
});

describe('a browser through the upload handler', () => {
  const completed: string[] = [];
  let failures = 0;
  let app: UploadApp;

  beforeAll(async () => {
    const pictures = route({ types: ['image/*', '.bin'], maxSize: '1MB', maxFiles: 20 })
      .authorize(({ request }) => {
        if (request.headers.get('x-user') !== 'anna')
          throw new UploadRejected('Sign in first.', { status: 401 });
        return { userId: 'anna' };
      })
      .onComplete(({ file, metadata }) => {
        if (failures > 0) {
          failures -= 1;
          throw new Error('planned');
        }
        completed.push(file.id);
        return { owner: metadata.userId, name: file.name };
      });
    app = await startUploadApp(apiKey, { pictures });
  });
  afterAll(() => app.close());

  const options = (user = 'anna') => ({
    endpoint: app.endpoint,
    route: 'pictures',
    headers: { 'x-user': user },
  });

  test('a mixed selection: the good arrive with serverData, the bad say why', async () => {
    const files = [
      new File([PNG], 'dot.png', { type: 'image/png' }),
      new File([noise(200_000)], 'noise.bin'),
      new File(['text'], 'notes.txt', { type: 'text/plain' }),
      new File([noise(2_000_000)], 'big.bin'),
      new File([noise(500)], 'fake.png', { type: 'image/png' }),
    ];
    const totals: number[] = [];
    const items = await uploadFiles<undefined, { owner: string; name: string }>(files, {
      ...options(),
      onProgress: ({ progress }) => totals.push(progress),
    });
    expect(items.map(({ state, error }) => error?.code ?? state)).toEqual([
      'done',
      'done',
      'file_type_not_allowed',
      'file_too_large',
      'type_mismatch',
    ]);
    expect(items[0]).toMatchObject({
      serverData: { owner: 'anna', name: 'dot.png' },
      result: { sha256: hex(PNG), metadata: { userId: 'anna' } },
    });
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(completed).toHaveLength(2);
  });

  test('a failing onComplete is repeated until it succeeds', async () => {
    failures = 2;
    const [item] = await uploadFiles(
      [new File([PNG], 'again.png', { type: 'image/png' })],
      options(),
    );
    expect(item).toMatchObject({ state: 'done', serverData: { name: 'again.png' } });
  });

  test('who may not upload learns why, and nothing is created', async () => {
    const [item] = await uploadFiles(
      [new File([PNG], 'mallory.png', { type: 'image/png' })],
      options('mallory'),
    );
    expect(item?.error).toMatchObject({
      code: 'upload_rejected',
      message: 'Sign in first.',
      status: 401,
    });
    expect((await slipway.files.list({ q: 'mallory.png' })).data).toEqual([]);
  });

  test('forty files at once all arrive', async () => {
    const sources = Array.from({ length: 40 }, (_, index) => noise(5000 + index));
    const files = sources.map((bytes, index) => new File([bytes], `many-${index}.bin`));
    const items = await uploadFiles(files, { ...options(), concurrency: 6 });
    expect(items.map(({ result }) => result?.sha256)).toEqual(sources.map(hex));
  });
});
