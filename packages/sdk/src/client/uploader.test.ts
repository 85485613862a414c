import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SlipwayFile, UploadTarget } from '../shared/types.ts';
import { createUploader } from './create-uploader.ts';
import { UploadError } from './errors.ts';
import type { PendingUpload, UploadTransport } from './transport.ts';
import { uploadFiles } from './upload-files.ts';
import type { QueueOptions, UploadSnapshot } from './uploader.ts';

const later = (seconds = 600) => new Date(Date.now() + seconds * 1000).toISOString();
const picture = (name = 'a.png', size = 100) =>
  new File([new Uint8Array(size)], name, { type: 'image/png' });
const target = (id: string, expiresAt = later()): UploadTarget => ({
  id,
  key: id,
  url: `http://x/${id}`,
  method: 'PUT',
  headers: {},
  expiresAt,
});
const ready = (id: string, change: Partial<SlipwayFile> = {}): SlipwayFile => ({
  id,
  key: id,
  projectId: 'prj_1',
  name: id,
  size: 1,
  type: 'image/png',
  sha256: null,
  status: 'ready',
  scan: 'not_scanned',
  customId: null,
  metadata: {},
  url: null,
  createdAt: later(0),
  readyAt: later(0),
  ...change,
});

/** A transport in memory, to be bent by each test. */
function memory() {
  let count = 0;
  const request = vi.fn<UploadTransport['request']>(async (files) =>
    files.map(() => {
      count += 1;
      return { ok: true as const, upload: target(`f${count}`) };
    }),
  );
  const complete = vi.fn<UploadTransport['complete']>(async ({ upload }: PendingUpload) => ({
    file: ready(upload.id),
    serverData: upload.id,
  }));
  const put = vi.fn<NonNullable<QueueOptions['put']>>(async (file, _, { onProgress }) =>
    onProgress?.(file.size),
  );
  return { request, complete, put };
}

const refused = (status: number, code = 'storage_refused') =>
  new UploadError({ code, message: `No: ${status}.` }, { status });
const broken = () =>
  new UploadError({ code: 'network_error', message: 'Broken.', retryable: true });

let api: ReturnType<typeof memory>;
beforeEach(() => {
  // Waits shrink to nothing: what is tested is the order of steps.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  vi.useFakeTimers();
  vi.setTimerTickMode('nextTimerAsync');
  api = memory();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const start = (options: Partial<QueueOptions> = {}) =>
  createUploader({
    transport: { request: api.request, complete: api.complete },
    put: api.put,
    ...options,
  });

async function run(files: File[], options: Partial<QueueOptions> = {}): Promise<UploadSnapshot> {
  const uploader = start(options);
  uploader.add(files);
  return uploader.settled();
}

describe('the queue', () => {
  test('sends every file, some at once, each with its digest', async () => {
    let now = 0;
    let most = 0;
    const three = Promise.withResolvers<void>();
    api.put.mockImplementation(async () => {
      now += 1;
      most = Math.max(most, now);
      if (now === 3) three.resolve();
      await three.promise;
      now -= 1;
    });
    const { items, done, progress } = await run(
      Array.from({ length: 8 }, (_, index) => picture(`${index}.png`)),
      { concurrency: 3 },
    );
    expect([done, most, progress]).toEqual([8, 3, 1]);
    const answers = items.map(({ serverData }) => typeof serverData);
    expect(new Set(answers)).toEqual(new Set(['string']));
    const asked = api.request.mock.calls.flatMap(([files]) => files);
    expect(asked.every(({ sha256 }) => sha256?.length === 64)).toBe(true);
  });

  test('asks once for files that start together', async () => {
    await run([picture('a'), picture('b'), picture('c')], { hashUpTo: 0 });
    expect(api.request).toHaveBeenCalledTimes(1);
    expect(api.request.mock.calls[0]?.[0]).toHaveLength(3);
  });

  test('does not mix inputs', async () => {
    const uploader = start({ hashUpTo: 0 });
    uploader.add([picture('a')], { input: 1 });
    uploader.add([picture('b')], { input: 2 });
    await uploader.settled();
    expect(api.request.mock.calls.map(([files, { input }]) => [files.length, input])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  test('one bad file does not sink the others', async () => {
    api.request.mockImplementation(async (files) =>
      files.map(({ name }) =>
        name === 'bad.png'
          ? { ok: false, error: { code: 'file_type_not_allowed', message: 'Not this one.' } }
          : { ok: true, upload: target(name) },
      ),
    );
    const onError = vi.fn();
    const { items } = await run([picture('a.png'), picture('bad.png'), picture('c.png')], {
      onError,
    });
    expect(items.map(({ state }) => state)).toEqual(['done', 'error', 'done']);
    expect(items[1]?.error).toMatchObject({
      code: 'file_type_not_allowed',
      message: 'Not this one.',
    });
    expect(onError).toHaveBeenCalledTimes(1);
  });

  test('checks known rules before it sends anything', async () => {
    const rules = { types: ['image/*'], maxSize: 200, maxFiles: 3 };
    const text = new File(['x'], 'c.txt', { type: 'text/plain' });
    const { items } = await run([picture('a'), picture('b', 300), text, picture('d')], { rules });
    expect(items.map(({ error }) => error?.code ?? 'none')).toEqual([
      'none',
      'file_too_large',
      'file_type_not_allowed',
      'too_many_files',
    ]);
    expect(api.request.mock.calls.flatMap(([asked]) => asked)).toHaveLength(1);
  });

  test('leaves a file whose type the browser does not know to the server', async () => {
    const rules = { types: ['image/*'], maxSize: null, maxFiles: null };
    const { done } = await run([new File(['x'], 'a.dng')], { rules });
    expect(done).toBe(1);
  });

  test('keeps a snapshot until something changes', () => {
    const uploader = start();
    expect(uploader.getSnapshot()).toBe(uploader.getSnapshot());
    const before = uploader.getSnapshot();
    uploader.add([picture()]);
    expect(uploader.getSnapshot()).not.toBe(before);
  });
});

describe('progress', () => {
  test('never falls, for a file or in total, whatever is repeated', async () => {
    const seen = new Map<string, number[]>();
    const totals: number[] = [];
    let attempts = 0;
    api.put.mockImplementation(async (file, _, { onProgress }) => {
      attempts += 1;
      for (const part of attempts % 2 === 1 ? [0.2, 0.9] : [0.1, 0.5, 1])
        onProgress?.(file.size * part);
      if (attempts % 2 === 1) throw refused(503);
    });
    const uploader = start({ concurrency: 2 });
    uploader.subscribe(() => {
      const snapshot = uploader.getSnapshot();
      totals.push(snapshot.progress);
      for (const { key, progress } of snapshot.items)
        seen.set(key, [...(seen.get(key) ?? []), progress]);
    });
    uploader.add([picture('a', 100), picture('b', 1000), picture('c', 10)]);
    expect((await uploader.settled()).done).toBe(3);
    for (const line of [...seen.values(), totals])
      expect(line).toEqual([...line].sort((a, b) => a - b));
    expect(totals.at(-1)).toBe(1);
  });

  test('an empty file is done as well', async () => {
    expect(await run([picture('a', 0)])).toMatchObject({ progress: 1, done: 1, active: false });
  });
});

describe('failures', () => {
  test.each([500, 503, 429, 408])('PUT answered %i: the same target again', async (status) => {
    api.put.mockRejectedValueOnce(refused(status)).mockRejectedValueOnce(refused(status));
    expect((await run([picture()])).done).toBe(1);
    expect(api.request).toHaveBeenCalledTimes(1);
    expect(api.put).toHaveBeenCalledTimes(3);
  });

  test.each([403, 404, 410])('PUT answered %i: a fresh target', async (status) => {
    api.put.mockRejectedValueOnce(refused(status));
    expect((await run([picture()])).done).toBe(1);
    expect(api.request).toHaveBeenCalledTimes(2);
    expect(api.put.mock.calls.map(([, to]) => to.url)).toEqual(['http://x/f1', 'http://x/f2']);
  });

  test.each([409, 412])('PUT answered %i: it is there already, so complete', async (status) => {
    api.put.mockRejectedValueOnce(refused(status));
    expect((await run([picture()])).done).toBe(1);
    expect([api.put.mock.calls.length, api.complete.mock.calls.length]).toEqual([1, 1]);
  });

  test('an earlier attempt is still open: it is waited for, and nothing is completed yet', async () => {
    api.put.mockRejectedValueOnce(refused(409, 'upload_in_progress'));
    api.put.mockRejectedValueOnce(refused(409, 'object_exists'));
    expect((await run([picture()])).done).toBe(1);
    expect(api.put).toHaveBeenCalledTimes(2);
    expect(api.complete).toHaveBeenCalledTimes(1);
  });

  test('PUT refused for good: one attempt and the words of the storage', async () => {
    api.put.mockRejectedValue(refused(411));
    const { items } = await run([picture()]);
    expect(items[0]?.error).toMatchObject({ message: 'No: 411.', status: 411 });
    expect(api.put).toHaveBeenCalledTimes(1);
  });

  test('bytes damaged on the way are sent again', async () => {
    api.put.mockRejectedValueOnce(
      new UploadError(
        { code: 'digest_mismatch', message: 'Damaged.', retryable: true },
        { status: 422 },
      ),
    );
    expect((await run([picture()])).done).toBe(1);
    expect(api.request).toHaveBeenCalledTimes(1);
  });

  test('the connection broke after the bytes arrived: the server knows', async () => {
    api.put.mockRejectedValueOnce(broken());
    expect((await run([picture()])).done).toBe(1);
    expect([api.put.mock.calls.length, api.complete.mock.calls.length]).toEqual([1, 1]);
  });

  test('the connection broke before: sent again, and in the end the reason is said', async () => {
    const missing = refused(409, 'object_missing');
    api.put.mockRejectedValue(broken());
    api.complete.mockRejectedValue(missing);
    const { items } = await run([picture()], { retries: 2 });
    expect(api.put).toHaveBeenCalledTimes(3);
    expect(api.request).toHaveBeenCalledTimes(1);
    expect(items[0]?.error?.message).toBe('Broken.');
    api.complete.mockRejectedValue(new TypeError('fetch failed'));
    const again = await run([picture()], { retries: 0 });
    expect(again.items[0]?.error?.message).toMatch(/Check your network/);
  });

  test('an expired target is not used', async () => {
    api.request.mockResolvedValueOnce([{ ok: true, upload: target('old', later(1)) }]);
    api.put.mockRejectedValueOnce(refused(503));
    expect((await run([picture()])).done).toBe(1);
    expect(api.put.mock.calls.map(([, to]) => to.url)).toEqual(['http://x/old', 'http://x/f1']);
  });

  test('complete is repeated while the file is verifying, or the server is away', async () => {
    api.complete
      .mockResolvedValueOnce({ file: ready('f1', { status: 'verifying' }), serverData: null })
      .mockRejectedValueOnce(refused(503))
      .mockRejectedValueOnce(new TypeError('fetch failed'));
    expect((await run([picture()])).done).toBe(1);
    expect([api.put.mock.calls.length, api.complete.mock.calls.length]).toEqual([1, 4]);
  });

  test('complete does not see the bytes: they are sent again to the same target', async () => {
    api.complete.mockRejectedValueOnce(refused(409, 'object_missing'));
    expect((await run([picture()])).done).toBe(1);
    expect([api.request.mock.calls.length, api.put.mock.calls.length]).toEqual([1, 2]);
  });

  test('a rejected file is an error with a reason, not done', async () => {
    api.complete.mockResolvedValue({ file: ready('f1', { status: 'rejected' }), serverData: null });
    const { items, done } = await run([picture()]);
    expect([done, items[0]?.error?.code, api.complete.mock.calls.length]).toEqual([
      0,
      'file_rejected',
      1,
    ]);
  });

  test('bytes that are other ones in the end are sent again a few times, with a fresh target', async () => {
    api.complete.mockRejectedValue(refused(422, 'digest_mismatch'));
    const { items } = await run([picture()], { retries: 2 });
    expect(items[0]?.error).toMatchObject({ message: 'The file did not arrive whole.' });
    expect([api.request.mock.calls.length, api.put.mock.calls.length]).toEqual([3, 3]);
  });

  test('what is not a broken connection is repeated also where the browser thinks it is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    api.put.mockRejectedValueOnce(refused(503));
    expect((await run([picture()])).done).toBe(1);
  });

  test('a failed callback repeats the callback, not the upload', async () => {
    api.complete.mockRejectedValue(
      new UploadError(
        { code: 'callback_failed', message: 'Stored, but.', retryable: true },
        { status: 500 },
      ),
    );
    const uploader = start({ retries: 1 });
    const [item] = uploader.add([picture()]);
    expect((await uploader.settled()).items[0]?.error?.message).toBe('Stored, but.');
    api.complete.mockResolvedValue({ file: ready('f1'), serverData: 1 });
    uploader.retry(item?.key);
    expect((await uploader.settled()).done).toBe(1);
    expect([api.request.mock.calls.length, api.put.mock.calls.length]).toEqual([1, 1]);
  });

  test('a failing request is repeated, a refusal is not', async () => {
    api.request.mockRejectedValueOnce(new TypeError('fetch failed'));
    expect((await run([picture()])).done).toBe(1);
    api.request.mockReset().mockRejectedValue(refused(401, 'upload_rejected'));
    expect((await run([picture()])).items[0]?.error?.code).toBe('upload_rejected');
    expect(api.request).toHaveBeenCalledTimes(1);
  });

  test('a file that vanished from the disk says so', async () => {
    const file = picture();
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotFoundError'));
    expect((await run([file])).items[0]?.error).toMatchObject({ code: 'unreadable' });
  });
});

describe('cancel, retry, remove', () => {
  const hanging = () =>
    api.put.mockImplementation(
      (_, __, { signal }) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason)),
        ),
    );

  test('cancel stops one, the queue goes on', async () => {
    hanging();
    const uploader = start({ concurrency: 1 });
    const [first, second] = uploader.add([picture('a'), picture('b')]);
    await vi.waitFor(() => expect(api.put).toHaveBeenCalledTimes(1));
    api.put.mockImplementation(async () => undefined);
    uploader.cancel(first?.key);
    const { items } = await uploader.settled();
    expect(items.map(({ state }) => state)).toEqual(['cancelled', 'done']);
    uploader.retry(first?.key);
    expect((await uploader.settled()).done).toBe(2);
    uploader.remove(second?.key);
    expect(uploader.getSnapshot().items).toHaveLength(1);
    uploader.remove();
    expect(uploader.getSnapshot()).toMatchObject({ items: [], progress: 0 });
  });

  test('retry tries every failed file again, except those that break a rule', async () => {
    api.put.mockRejectedValue(refused(411));
    const uploader = start({ rules: { types: [], maxSize: 150, maxFiles: null } });
    uploader.add([picture('a'), picture('b'), picture('huge', 200)]);
    expect((await uploader.settled()).failed).toBe(3);
    api.put.mockImplementation(async () => undefined);
    uploader.retry();
    expect(await uploader.settled()).toMatchObject({ done: 2, failed: 1 });
  });

  test('uploadFiles stops with its signal and tells its progress', async () => {
    hanging();
    const controller = new AbortController();
    const onProgress = vi.fn();
    const work = uploadFiles([picture()], {
      transport: api,
      put: api.put,
      signal: controller.signal,
      onProgress,
    });
    await vi.waitFor(() => expect(api.put).toHaveBeenCalled());
    controller.abort();
    expect((await work).map(({ state }) => state)).toEqual(['cancelled']);
    expect(onProgress).toHaveBeenCalled();
  });
});
