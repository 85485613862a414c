import { expect, test, vi } from 'vitest';
import { Wishes } from './wishes.ts';

function visitor() {
  const shown: string[] = [];
  const failed: unknown[] = [];
  const sent: { on: boolean; answer: (error?: Error) => void }[] = [];
  const wishes = new Wishes({
    send: ({ on }) =>
      new Promise<void>((resolve, reject) => {
        sent.push({ on, answer: (error) => (error ? reject(error) : resolve()) });
      }),
    show: ({ photoId, on }) => shown.push(`${photoId} ${on}`),
    failed: (error) => failed.push(error),
  });
  const like = (on: boolean) => wishes.wish({ photoId: 'a', on });
  const heart = (favourite: boolean, askedAt: number) =>
    wishes.over([{ id: 'a', favourite }], askedAt)[0]?.favourite;
  return { wishes, shown, failed, sent, like, heart };
}

test('an answer that was asked for before a heart was kept does not take it away', async () => {
  const { wishes, sent, like, heart } = visitor();
  const before = wishes.now();
  like(true);
  expect(heart(false, before)).toBe(true);
  sent[0]?.answer();
  await vi.waitFor(() => expect(wishes.now()).toBeGreaterThan(before));
  expect(heart(false, before)).toBe(true);
  // Another page took it back since: what is asked for now is newer.
  expect(heart(false, wishes.now())).toBe(false);
});

test('one request at a time for each photo, and the last wish holds', async () => {
  const { wishes, shown, sent, like, heart } = visitor();
  for (const on of [true, false, true, false]) like(on);
  expect(sent.map(({ on }) => on)).toEqual([true]);
  wishes.wish({ photoId: 'b', on: true });
  expect(sent).toHaveLength(2);
  sent[0]?.answer();
  await vi.waitFor(() => expect(sent.map(({ on }) => on)).toEqual([true, true, false]));
  expect(heart(true, wishes.now())).toBe(false);
  sent[2]?.answer();
  await vi.waitFor(() => expect(wishes.now()).toBe(2));
  expect(shown.at(-2)).toBe('a false');
});

test('a heart that is not kept goes back to what it was, and it is said once', async () => {
  const { failed, shown, sent, like } = visitor();
  like(true);
  like(false);
  like(true);
  sent[0]?.answer(new Error('no'));
  await vi.waitFor(() => expect(failed).toHaveLength(1));
  expect(shown.at(-1)).toBe('a false');
});
