import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProjectDesk } from './project-desk.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.setTimerTickMode('nextTimerAsync');
});
afterEach(() => {
  vi.useRealTimers();
});

test('lists are asked anew a few times, however many files come in, and once they all are there', async () => {
  const changed = vi.fn();
  let last = 0;
  const desk = createProjectDesk({
    userId: 'usr_1',
    changed: () => {
      changed();
      last = Date.now();
    },
    rulesOf: () => undefined,
    findKnown: async () => new Map(),
    api: {
      requestUpload: async ({ name }) => {
        throw Object.assign(new Error(`no room for ${name}`), {
          name: 'TRPCClientError',
          data: { httpStatus: 422, appCode: 'file_too_large' },
        });
      },
      completeUpload: () => Promise.reject(new Error('nothing was sent')),
    },
  });
  const { uploader } = desk.at('prj_1');
  const number = 300;
  uploader.add(
    Array.from({ length: number }, (_, index) => new File(['a'], `${index}.txt`)),
    { input: undefined },
  );
  const began = Date.now();
  expect((await uploader.settled()).failed).toBe(number);
  const ended = Date.now();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(changed.mock.calls.length).toBeLessThanOrEqual((ended - began) / 1_000 + 3);
  expect(last).toBeGreaterThanOrEqual(ended);
});
