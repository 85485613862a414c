import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUploader } from './create-uploader.ts';
import { networkError } from './errors.ts';
import type { UploadTransport } from './transport.ts';
import { uploadFiles } from './upload-files.ts';
import type { QueueOptions } from './uploader.ts';

/** A page with an API of its own, that takes everything. */
const transport: UploadTransport<unknown, null> = {
  request: async (files) =>
    files.map(({ name }) => ({
      ok: true,
      upload: {
        ...{ id: name, key: name, url: `http://x/${name}`, method: 'PUT', headers: {} },
        expiresAt: '2999-01-01T00:00:00Z',
      },
    })),
  complete: async ({ upload: { id } }) => ({
    file: {
      ...{ id, key: id, projectId: 'prj_1', name: id, size: 1, type: 'image/png', sha256: null },
      ...{ status: 'ready', scan: 'not_scanned', customId: null, metadata: {}, url: null },
      ...{ createdAt: '', readyAt: '' },
    },
    serverData: null,
  }),
};

const picture = (name: string, type = 'image/png') => new File(['a'], name, { type });
const open = (options: Partial<QueueOptions<unknown, null>> = {}) =>
  createUploader<unknown, null>({ transport, put: async () => undefined, hashUpTo: 0, ...options });

beforeEach(() => {
  // Waits shrink to nothing: what is tested is the order of steps.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  vi.useFakeTimers();
  vi.setTimerTickMode('nextTimerAsync');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('the end is told once, behind that of the last file', async () => {
  const told: string[] = [];
  const uploader = open({
    onDone: ({ file }) => told.push(`done ${file.name}`),
    onError: ({ file }) => told.push(`error ${file.name}`),
    onSettled: ({ done, failed }) => told.push(`settled ${done} ${failed}`),
    put: async (_, { url }) => {
      if (url.endsWith('bad')) throw new Error('No.');
    },
    concurrency: 1,
  });
  uploader.add([picture('a'), picture('bad')]);
  await uploader.settled();
  await vi.waitFor(() => expect(told).toEqual(['done a', 'error bad', 'settled 1 1']));
  uploader.add([picture('b')]);
  uploader.cancel();
  await Promise.resolve();
  expect(told.slice(3)).toEqual(['settled 1 1']);
});

test('the end is told as well where all files break a rule', async () => {
  const told: string[] = [];
  const uploader = open({
    rules: { types: ['image/*'], maxSize: null, maxFiles: null },
    onError: ({ error }) => told.push(String(error?.code)),
    onSettled: ({ failed }) => told.push(`settled ${failed}`),
  });
  uploader.add([picture('a.txt', 'text/plain')]);
  await Promise.resolve();
  expect(told).toEqual(['file_type_not_allowed', 'settled 1']);
});

test('what a listener throws is reported to the page, and ends no upload', async () => {
  const mistake = new TypeError('of the page');
  const reported = vi.fn();
  // Behind what runs, where the page's own handler of errors hears of it.
  vi.stubGlobal('queueMicrotask', (work: () => void) => {
    try {
      work();
    } catch (error) {
      reported(error);
    }
  });
  const others = vi.fn();
  const uploader = open({
    onDone: () => {
      throw mistake;
    },
  });
  uploader.subscribe(() => {
    throw mistake;
  });
  uploader.subscribe(others);
  uploader.add([picture('a')]);
  expect(await uploader.settled()).toMatchObject({ done: 1, failed: 0 });
  expect(others).toHaveBeenCalled();
  await vi.waitFor(() => expect(reported).toHaveBeenCalledTimes(others.mock.calls.length + 1));
  const [item] = await uploadFiles([picture('b')], {
    transport,
    put: async () => undefined,
    hashUpTo: 0,
    onProgress: () => {
      throw mistake;
    },
  });
  expect([item?.state, item?.error]).toEqual(['done', null]);
});

test('a file that is given up while it waits for a connection leaves no listener', async () => {
  const page = new EventTarget();
  vi.stubGlobal('navigator', { onLine: false });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const waiting = () => getEventListeners(page, 'online').length;
  const put = async () => {
    throw networkError();
  };
  const complete = async () => {
    throw networkError();
  };
  const uploader = open({ put, transport: { ...transport, complete } } as object);
  const [item] = uploader.add([picture('a')]);
  await vi.waitFor(() => expect(waiting()).toBe(1));
  uploader.pause(item?.key);
  uploader.resume(item?.key);
  await vi.waitFor(() => expect(waiting()).toBe(1));
  uploader.cancel(item?.key);
  expect(waiting()).toBe(0);
});

test('the others are looked at once for each file, and not at each of its steps', async () => {
  let looks = 0;
  class Counted extends File {
    override get size() {
      looks += 1;
      return super.size;
    }
  }
  const number = 400;
  const end = Promise.withResolvers<number>();
  const uploader = open({ onSettled: ({ done }) => end.resolve(done) });
  let steps = 0;
  uploader.subscribe(() => {
    steps += 1;
  });
  uploader.add(Array.from({ length: number }, (_, index) => new Counted(['a'], `${index}.png`)));
  expect(await end.promise).toBe(number);
  expect(steps / number).toBeGreaterThan(4);
  expect(looks / number).toBeLessThan(1.5 * number);
});
