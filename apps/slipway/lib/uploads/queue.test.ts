import { describe, expect, it, vi } from 'vitest';
import { type FileOutcome, type SendOptions, UploadQueue } from './queue.ts';

const file = (name: string, size = 10) =>
  new File([new Uint8Array(size)], name, { type: 'image/png' });

function setup(
  overrides: { outcomes?: FileOutcome[]; send?: (options: SendOptions) => Promise<void> } = {},
) {
  const outcomes = overrides.outcomes ?? [{ status: 'ready', error: undefined }];
  let ids = 0;
  let sending = 0;
  let most = 0;
  const ports = {
    check: vi.fn((candidate: File) =>
      candidate.name.endsWith('.exe') ? 'Expected image/*, got .exe.' : undefined,
    ),
    request: vi.fn(async () => ({ id: `file_${++ids}` })),
    send: vi.fn(async (_file: File, _target: { id: string }, options: SendOptions) => {
      most = Math.max(most, ++sending);
      await (overrides.send?.(options) ?? Promise.resolve());
      sending -= 1;
    }),
    complete: vi.fn(
      async () =>
        (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? {
          status: 'ready',
          error: undefined,
        },
    ),
    describe: (error: unknown) => ({ message: String(error), retryable: true }),
    changed: vi.fn(),
    wait: async () => undefined,
    now: () => 0,
  };
  return { queue: new UploadQueue(ports), ports, most: () => most };
}

const states = (queue: { snapshot: () => readonly { state: string }[] }) =>
  queue.snapshot().map((item) => item.state);

describe('UploadQueue', () => {
  it('takes a file to ready, through the verdict of the server', async () => {
    const { queue, ports } = setup({
      outcomes: [
        { status: 'verifying', error: undefined },
        { status: 'ready', error: undefined },
      ],
    });
    queue.add([file('a.png')]);
    await vi.waitFor(() => expect(states(queue)).toEqual(['ready']));
    expect(ports.complete).toHaveBeenCalledTimes(2);
  });

  it('refuses what breaks a rule before any request', () => {
    const { queue, ports } = setup();
    queue.add([file('a.exe')]);
    expect(queue.snapshot()[0]).toMatchObject({
      state: 'refused',
      error: 'Expected image/*, got .exe.',
    });
    expect(ports.request).not.toHaveBeenCalled();
  });

  it('sends three at once and the rest after', async () => {
    const { queue, most } = setup({ send: () => new Promise((done) => setTimeout(done, 2)) });
    queue.add(Array.from({ length: 8 }, (_, index) => file(`${index}.png`)));
    await vi.waitFor(() => expect(new Set(states(queue))).toEqual(new Set(['ready'])));
    expect(most()).toBe(3);
  });

  it('cancels, lets the next one start, and can try again', async () => {
    let hold = true;
    const { queue } = setup({
      send: ({ signal }) =>
        hold
          ? new Promise((_, reject) =>
              signal.addEventListener('abort', () => reject(signal.reason)),
            )
          : Promise.resolve(),
    });
    queue.add([file('a.png'), file('b.png'), file('c.png'), file('d.png')]);
    await vi.waitFor(() => expect(states(queue)[3]).toBe('waiting'));
    queue.cancel(1);
    await vi.waitFor(() =>
      expect(states(queue)).toEqual(['cancelled', 'uploading', 'uploading', 'uploading']),
    );
    hold = false;
    queue.cancelAll();
    queue.retry(1);
    await vi.waitFor(() =>
      expect(states(queue)).toEqual(['ready', 'cancelled', 'cancelled', 'cancelled']),
    );
  });

  it('shows the reason of a rejection, and does not offer it again', async () => {
    const { queue } = setup({
      outcomes: [{ status: 'rejected', error: 'Expected image/png, found text/html.' }],
    });
    queue.add([file('a.png')]);
    await vi.waitFor(() => expect(states(queue)).toEqual(['refused']));
    queue.retry(1);
    expect(queue.snapshot()[0]?.error).toBe('Expected image/png, found text/html.');
  });

  it('keeps what failed for another try, and clears only what is over', async () => {
    let broken = true;
    const { queue } = setup({
      send: async () => (broken ? Promise.reject(new Error('link down')) : undefined),
    });
    queue.add([file('a.png')]);
    await vi.waitFor(() => expect(states(queue)).toEqual(['failed']));
    broken = false;
    queue.retryFailed();
    expect(states(queue)).toEqual(['uploading']);
    queue.clear();
    expect(queue.snapshot()).toHaveLength(1);
    await vi.waitFor(() => expect(states(queue)).toEqual(['ready']));
    queue.clear();
    expect(queue.snapshot()).toHaveLength(0);
  });
});
