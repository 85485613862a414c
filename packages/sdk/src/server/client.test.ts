import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { createSlipway, type Slipway } from './client.ts';
import { SlipwayError } from './errors.ts';

let fake: FakeSlipway;
let slipway: Slipway;

beforeEach(async () => {
  fake = await new FakeSlipway().listen();
  slipway = createSlipway({ apiKey: FAKE_KEY, url: `${fake.url}/`, retries: 3 });
});
afterEach(() => fake.close());

const bytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);
const caught = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const error = await work.then(
    () => new Error('Expected a failure, but there was none.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SlipwayError)) throw error;
  return error;
};

describe('upload', () => {
  test('hashes, creates, sends and completes bytes in memory', async () => {
    const source = bytes(50_000);
    const file = await slipway.upload(source, {
      name: 'a.png',
      customId: 'c1',
      metadata: { album: 3 },
    });
    expect(file).toMatchObject({
      status: 'ready',
      type: 'image/png',
      size: 50_000,
      customId: 'c1',
      metadata: { album: 3 },
    });
    expect(file.sha256).toBe(createHash('sha256').update(source).digest('hex'));
    expect(fake.seen[0]?.body).toMatchObject({ sha256: file.sha256 });
    expect(fake.stored.get(file.id)?.bytes?.equals(source)).toBe(true);
  });

  test.each([
    ['a Blob', () => new Blob([bytes(10)], { type: 'text/plain' })],
    ['an ArrayBuffer', () => bytes(10).buffer],
    ['no bytes at all', () => new Uint8Array(0)],
  ])('takes %s', async (_, source) => {
    await expect(slipway.upload(source(), { name: 'x.txt' })).resolves.toMatchObject({
      status: 'ready',
      type: 'text/plain',
    });
  });

  test('tells how the file is to be kept, by whom it comes, and under which rules', async () => {
    const wish = {
      ...{ name: 'a.txt', folder: 'bills', tags: ['paid'], visibility: 'private' as const },
      ...{ expiresInDays: 3, temporary: true, confirmWithinHours: 2 },
      ...{ uploader: 'anna', route: 'bills', rules: { maxSize: 100 } },
    };
    await slipway.upload(bytes(10), { ...wish, timeout: 5000, readyTimeout: 5000 });
    const body = fake.seen[0]?.body as object;
    expect(body).toMatchObject(wish);
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['timeout']));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['readyTimeout']));
  });

  test('sends a stream with its length and checks the digest afterwards', async () => {
    const source = bytes(300_000);
    const stream = new Blob([source]).stream();
    const file = await slipway.upload(stream, { name: 'x.bin', size: source.byteLength });
    expect(file).toMatchObject({ status: 'ready', type: 'application/octet-stream' });
    expect(fake.stored.get(file.id)?.bytes?.equals(source)).toBe(true);
  });

  test.each([
    [90, 'shorter'],
    [110, 'longer'],
  ])('a stream of %i bytes is %s than the 100 declared', async (size) => {
    const failure = await caught(
      slipway.upload(new Blob([bytes(size)]).stream(), { name: 'x', size: 100 }),
    );
    expect(failure.code).toBe('invalid_source');
    expect(failure.message).toContain('Expected 100 bytes');
    expect(fake.count('POST /api/upload-complete')).toBe(0);
  });

  test('repeats a PUT that failed, and believes "exists" when its answer was lost', async () => {
    fake.fault('PUT /put/', { status: 503 });
    fake.loseAnswers = 1;
    await expect(slipway.upload(bytes(10), { name: 'a.txt' })).resolves.toMatchObject({
      status: 'ready',
    });
    expect(fake.count('PUT /put/')).toBe(3);
    expect(fake.count('POST /api/upload-url')).toBe(1);
  });

  test('does not call a file that differs from its digest done', async () => {
    const failure = await caught(
      slipway.upload(bytes(10), { name: 'a.txt', sha256: 'f'.repeat(64) }),
    );
    expect(failure.code).toBe('file_rejected');
  });

  test('waits while the file is verifying', async () => {
    fake.verifyingPolls = 2;
    await expect(slipway.upload(bytes(10), { name: 'a.txt' })).resolves.toMatchObject({
      status: 'ready',
    });
    expect(fake.count('POST /api/upload-complete')).toBe(3);
  });

  test('stops with the reason of its signal', async () => {
    const controller = new AbortController();
    fake.fault('POST /api/upload-url', { status: 503 });
    const work = slipway.upload(bytes(10), { name: 'a.txt', signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});

describe('files', () => {
  test('lists page by page, gets, links, downloads ranges and deletes', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await slipway.upload(bytes(10), { name });
    const names: string[] = [];
    for await (const file of slipway.files.all({ limit: 2 })) names.push(file.name);
    expect(names).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect((await slipway.files.list({ limit: 2, from: new Date(0) })).nextCursor).toBe('2');
    const [first] = (await slipway.files.list()).data;
    const id = first?.id ?? '';
    expect((await slipway.files.url(id, { expiresIn: 60 })).url).toContain(id);
    expect(new Uint8Array(await (await slipway.files.download(id)).arrayBuffer())).toEqual(
      bytes(10),
    );
    const part = await slipway.files.download(id, { range: { start: 2, end: 4 } });
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes(10).slice(2, 5));
    expect((await slipway.files.delete(id)).status).toBe('deleted');
    expect((await slipway.project()).id).toBe('prj_1');
  });

  test('downloads stop with their signal, and leave nothing on it', async () => {
    const { id } = await slipway.upload(bytes(10), { name: 'a.txt' });
    const controller = new AbortController();
    const { signal } = controller;
    for (let count = 0; count < 3; count += 1)
      await (await slipway.files.download(id, { signal })).arrayBuffer();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const endless = createServer((_, response) => response.writeHead(200).write('a'));
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as AddressInfo;
    const client = createSlipway({
      ...{ apiKey: FAKE_KEY, url: fake.url },
      fetch: (input, init) =>
        fetch(String(input).replace(/.*\/get\/.*/, `http://127.0.0.1:${port}`), init),
    });
    const { body } = await client.files.download(id, { signal });
    const reader = body?.getReader();
    await reader?.read();
    const rest = reader?.read();
    controller.abort(new Error('enough'));
    await expect(rest).rejects.toThrow('enough');
    endless.closeAllConnections();
    endless.close();
  });
});

describe('errors', () => {
  test('keep code, status, message, docs and request id', async () => {
    const failure = await caught(slipway.files.get('file_none'));
    expect(failure).toMatchObject({
      code: 'not_found',
      status: 404,
      requestId: 'req_1',
      docs: 'https://docs.test/not_found',
    });
  });

  test('never hold the key, even when the server repeats it', async () => {
    const client = createSlipway({ apiKey: 'sk_live_wrong_secret', url: fake.url });
    const failure = await caught(client.project());
    expect(failure.code).toBe('unauthorized');
    const everything =
      inspect([failure, client], { depth: 9, showHidden: true }) + JSON.stringify(failure);
    expect(everything).not.toContain('wrong_secret');
  });

  test('say that nobody answers, without the key', async () => {
    const client = createSlipway({ apiKey: FAKE_KEY, url: 'http://127.0.0.1:1', retries: 0 });
    const failure = await caught(client.project());
    expect(failure).toMatchObject({ code: 'network_error', status: 0 });
    expect(inspect(failure)).not.toContain(FAKE_KEY);
  });

  test.each([
    [{ status: 200, body: '<html>' }, 'unexpected_answer'],
    [{ status: 404, body: 'nothing' }, 'unexpected_answer'],
    [{ status: 308, headers: { location: 'https://other.test' } }, 'redirected'],
  ])('name an answer that is not Slipway’s: %o', async (fault, code) => {
    fake.fault('GET /api/project', fault);
    expect((await caught(slipway.project())).code).toBe(code);
  });

  test.each([
    [{ apiKey: '', url: 'http://x' }, /SLIPWAY_API_KEY/],
    [{ apiKey: 'sk_a\nb', url: 'http://x' }, /Copy it again/],
    [{ apiKey: FAKE_KEY, url: '' }, /SLIPWAY_URL/],
    [{ apiKey: FAKE_KEY, url: 'uploads.test' }, /look like/],
  ])('explain a wrong configuration at the first call: %o', async (options, message) => {
    const failure = await caught(createSlipway(options).project());
    expect(failure.code).toBe('invalid_configuration');
    expect(failure.message).toMatch(message);
  });

  test('give up an attempt at the time limit', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createSlipway({ apiKey: FAKE_KEY, url, timeout: 50, retries: 0 });
    expect((await caught(client.project())).code).toBe('timeout');
    server.closeAllConnections();
    server.close();
  });
});

describe('retries', () => {
  test.each([429, 502, 503, 504])('repeat a read after %i', async (status) => {
    fake.fault('GET /api/project', { status }, { status });
    await expect(slipway.project()).resolves.toBeDefined();
    expect(fake.count('GET /api/project')).toBe(3);
  });

  test('wait as long as Retry-After says', async () => {
    fake.fault('GET /api/project', { status: 429, headers: { 'retry-after': '1' } });
    const start = Date.now();
    await slipway.project();
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  test('do not repeat a refusal', async () => {
    fake.fault('GET /api/project', { status: 403 });
    expect((await caught(slipway.project())).code).toBe('planned');
    expect(fake.count('GET /api/project')).toBe(1);
  });

  test('repeat a POST under one Idempotency-Key, also while its first attempt is at work', async () => {
    const { url } = fake;
    const input = { name: 'a.txt', size: 1, type: 'text/plain', customId: 'c1' };
    const inProgress = {
      status: 409,
      body: JSON.stringify({ error: { code: 'idempotency_in_progress', message: 'At work.' } }),
    };
    fake.fault('POST /api/upload-url', 'drop', inProgress);
    await createSlipway({ apiKey: FAKE_KEY, url }).uploads.create(input);
    await slipway.uploads.create({ ...input, customId: 'c2' });
    const keys = fake.seen.map(({ onceKey }) => onceKey);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect([keys[1], keys[2]]).toEqual([keys[0], keys[0]]);
    expect(keys[3]).not.toBe(keys[0]);
    expect(keys).toHaveLength(4);
  });
});
