import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { Outbox, type QueuedEdit, type Sent } from './outbox.ts';

let count = 0;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A page of a browser, and what the server heard from it. */
function page({ name = `edits-${++count}`, owner = 'usr_pat' } = {}) {
  const heard: string[] = [];
  const refused: string[] = [];
  let answer: (edit: QueuedEdit<string>) => Promise<Sent> = async () => 'done';
  let fetched: Promise<void> = Promise.resolve();
  const outbox = new Outbox<string>({
    name,
    owner,
    send: (queued) => {
      heard.push(`${queued.edit}`);
      return answer(queued);
    },
    made: () => fetched,
    refused: ({ edit }) => refused.push(edit),
  });
  closers.push(outbox.open());
  return {
    name,
    outbox,
    heard,
    refused,
    answers: (next: typeof answer) => {
      answer = next;
    },
    fetchesAfter: (done: Promise<void>) => {
      fetched = done;
    },
    edits: () => outbox.getSnapshot().edits.map(({ edit }) => edit),
  };
}

test('changes are sent in their order, one after the other, and forgotten when they are made', async () => {
  const { outbox, heard, edits, answers } = page();
  let running = 0;
  answers(async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running -= 1;
    return 'done';
  });
  for (const edit of ['a', 'b', 'c']) outbox.add(edit);
  expect(edits()).toEqual(['a', 'b', 'c']);
  await vi.waitFor(() => expect(edits()).toEqual([]));
  expect(heard).toEqual(['a', 'b', 'c']);
});

test('what a page could not send is sent by the next one, under the same key', async () => {
  const first = page();
  first.answers(async () => 'unreachable');
  const keys = ['a', 'b'].map((edit) => first.outbox.add(edit).id);
  await vi.waitFor(() => expect(first.heard.length).toBeGreaterThan(0));
  // The server may have made it, though its answer never came.
  expect(first.outbox.takeBack(keys[0] ?? '')).toBe(false);
  closers.pop()?.();
  const second = page({ name: first.name });
  const seen: string[] = [];
  second.answers(async ({ id }) => {
    seen.push(id);
    return 'done';
  });
  await vi.waitFor(() => expect(seen).toEqual(keys));
  const third = page({ name: first.name });
  await third.outbox.flush();
  expect(third.heard).toEqual([]);
});

test('somebody else sends none of it, and the end of a session forgets it', async () => {
  const pat = page();
  pat.answers(async () => 'unreachable');
  pat.outbox.add('a');
  await vi.waitFor(() => expect(pat.heard).toEqual(['a']));
  closers.pop()?.();
  const mallory = page({ name: pat.name, owner: 'usr_mallory' });
  await mallory.outbox.flush();
  expect(mallory.heard).toEqual([]);
  await mallory.outbox.clear();
  const again = page({ name: pat.name });
  await again.outbox.flush();
  expect(again.heard).toEqual([]);
});

test('a change that is refused is said and holds up no other', async () => {
  const { outbox, answers, refused, edits, heard } = page();
  answers(async ({ edit }) => (edit === 'a' ? { refused: 'gone' } : 'done'));
  outbox.add('a');
  outbox.add('b');
  await vi.waitFor(() => expect(edits()).toEqual([]));
  expect([heard, refused]).toEqual([['a', 'b'], ['a']]);
});

test('what is held back is not sent before its time, holds up nothing, and may be taken back', async () => {
  const { outbox, heard, edits } = page();
  const held = outbox.add('delete', { holdFor: 60_000 });
  const soon = outbox.add('delete soon', { holdFor: 1_500 });
  outbox.add('move');
  await vi.waitFor(() => expect(heard).toEqual(['move']));
  expect(outbox.takeBack(held.id)).toBe(true);
  await vi.waitFor(() => expect(edits()).toEqual([]), { timeout: 15_000 });
  expect(heard).toEqual(['move', 'delete soon']);
  expect(outbox.takeBack(soon.id)).toBe(false);
});

test('a change that was made is shown until what it changed is fetched', async () => {
  const { outbox, heard, edits, fetchesAfter } = page();
  const fetched = Promise.withResolvers<void>();
  fetchesAfter(fetched.promise);
  const { id } = outbox.add('a');
  await vi.waitFor(() => expect(heard).toEqual(['a']));
  await outbox.flush();
  expect(edits()).toEqual(['a']);
  expect(outbox.takeBack(id)).toBe(false);
  expect(outbox.getSnapshot().waiting).toBe(0);
  fetched.resolve();
  await vi.waitFor(() => expect(edits()).toEqual([]));
});

test('what the server breaks down over again and again is refused, and the next one goes on', async () => {
  const { outbox, answers, refused, edits, heard } = page();
  answers(async ({ edit }) => (edit === 'a' ? { failed: 'broken' } : 'done'));
  outbox.add('a');
  outbox.add('b');
  await vi.waitFor(() => expect(edits()).toEqual([]), { timeout: 30_000 });
  expect([heard, refused]).toEqual([['a', 'a', 'a', 'b'], ['a']]);
  expect(outbox.getSnapshot().made).toBe(1);
});

test('breaking down once is no refusal', async () => {
  const { outbox, answers, refused, edits, heard } = page();
  let times = 0;
  answers(async () => (times++ === 0 ? { failed: 'broken' } : 'done'));
  outbox.add('a');
  await vi.waitFor(() => expect(outbox.getSnapshot().edits[0]?.failures).toBe(1));
  await vi.waitFor(() => expect(edits()).toEqual([]), { timeout: 15_000 });
  expect([heard, refused]).toEqual([['a', 'a'], []]);
});

test('a page that goes away lets go of what it held back itself, and of nobody else’s', async () => {
  const one = page();
  const other = page({ name: one.name });
  const mine = one.outbox.add('delete', { holdFor: 60_000 });
  await vi.waitFor(() => expect(other.edits()).toEqual(['delete']));
  expect(other.outbox.release()).toEqual([]);
  expect(one.outbox.release().map(({ id }) => id)).toEqual([mine.id]);
  // It is on its way: nobody may say that it was taken back.
  expect(one.outbox.takeBack(mine.id)).toBe(false);
});

test('once the time for taking it back is over another page may be sending it', async () => {
  const { outbox, answers } = page();
  answers(async () => 'unreachable');
  vi.stubGlobal('navigator', { ...navigator, onLine: false, locks: navigator.locks });
  const { id, notBefore } = outbox.add('delete', { holdFor: 5 });
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(notBefore));
  expect(outbox.takeBack(id)).toBe(false);
  vi.unstubAllGlobals();
});
