import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { LocalTable } from '../local/local-table.ts';
import { type Queue, UploadIntake } from './intake.ts';
import { type KeptFile, KeptFiles, type LeftFile } from './kept-files.ts';

type Item = ReturnType<Queue<string>['getSnapshot']>['items'][number];

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const photo = (name: string, text = name) => new File([text], name, { lastModified: 1 });

let count = 0;

/** A page of a browser that has been here before, with a queue that sends nothing by itself. */
class Page {
  readonly name: string;
  readonly kept: KeptFiles;
  readonly intake: UploadIntake<string>;
  items: Item[] = [];
  /** How often it was asked whether a file is over. */
  looks = 0;
  /** Digests and names of what is on the server. */
  readonly there = new Map<string, string>();
  #listeners = new Set<() => void>();

  constructor({ name = `kept-${++count}`, room }: { name?: string; room?: number } = {}) {
    this.name = name;
    this.kept = new KeptFiles('usr_pat', { name, ...(room === undefined ? {} : { room }) });
    this.intake = new UploadIntake({
      queue: {
        add: (files) => {
          const added = [...files].map((file) => ({
            key: `upload-${++count}`,
            file,
            state: 'queued',
            error: null,
          }));
          this.items = [...this.items, ...added];
          return added;
        },
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
        getSnapshot: () => ({ items: this.items }),
      },
      kept: this.kept,
      place: 'lst_1',
      findKnown: async (digests) =>
        new Map([...this.there].filter(([digest]) => digests.includes(digest))),
      isHopeless: ({ error }) => {
        this.looks += 1;
        return error?.code === 'file_type_not_allowed';
      },
    });
  }

  names = () => this.items.map(({ file }) => file.name);
  rows = () => new LocalTable<KeptFile>(this.name).all();

  async take(...files: File[]): Promise<void> {
    this.intake.take(files.map((file) => ({ file, input: 'lst_1' })));
    await this.quiet();
  }

  async quiet(): Promise<void> {
    while (this.intake.getSnapshot().looking > 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await this.kept.written();
  }

  set(name: string, change: Partial<Item>): void {
    this.items = this.items.map((item) =>
      item.file.name === name ? { ...item, ...change } : item,
    );
    for (const listener of this.#listeners) listener();
  }

  drop(name: string): void {
    this.items = this.items.filter(({ file }) => file.name !== name);
    for (const listener of this.#listeners) listener();
  }

  /** Closes this page, and opens it again. */
  async reload(options: { there?: ReadonlyMap<string, string> } = {}): Promise<Page> {
    await this.kept.written();
    const rows = new LocalTable<KeptFile>(this.name);
    for (const { id } of await rows.all())
      await rows.change(id, (row) => ({ ...row, tab: 'gone' }));
    const page = new Page({ name: this.name });
    for (const [digest, name] of options.there ?? []) page.there.set(digest, name);
    await page.intake.restore(await page.kept.takeOver());
    await page.quiet();
    return page;
  }
}

test('after a reload what has not arrived is in the queue again, in its order, with its bytes', async () => {
  const page = new Page();
  await page.take(photo('a'), photo('b'), photo('c'), photo('d'));
  page.set('b', { state: 'done' });
  page.set('c', { state: 'cancelled' });
  page.set('d', { state: 'error', error: { code: 'network_error' } });
  const again = await page.reload();
  expect(again.names()).toEqual(['a', 'd']);
  expect(await again.items[1]?.file.text()).toBe('d');
  again.set('a', { state: 'done' });
  again.set('d', { state: 'done' });
  await again.quiet();
  expect(await again.rows()).toEqual([]);
});

test('what was cancelled and tried again outlives a reload; what was only cancelled does not', async () => {
  const page = new Page();
  await page.take(photo('a'), photo('b'), photo('c'));
  for (const name of ['a', 'b', 'c']) page.set(name, { state: 'cancelled' });
  page.set('a', { state: 'queued' });
  await page.quiet();
  expect(await page.rows()).toHaveLength(3);
  // Taken out of the list: nobody can try it again.
  page.drop('c');
  await page.quiet();
  expect(await page.rows()).toHaveLength(2);
  const again = await page.reload();
  expect(again.names()).toEqual(['a']);
  await again.quiet();
  expect(await again.rows()).toHaveLength(1);
});

test('a page that is open keeps its own: nobody takes it over', async () => {
  const page = new Page();
  await page.take(photo('a'));
  expect(await new KeptFiles('usr_pat', { name: page.name }).takeOver()).toEqual([]);
});

test('somebody else does not go on with it, and the end of a session forgets it', async () => {
  const page = new Page();
  await page.take(photo('a'));
  const rows = new LocalTable<KeptFile>(page.name);
  for (const { id } of await rows.all()) await rows.change(id, (row) => ({ ...row, tab: 'gone' }));
  const other = new KeptFiles('usr_mallory', { name: page.name });
  expect(await other.takeOver()).toEqual([]);
  await other.clear();
  expect(await rows.all()).toEqual([]);
});

test('what is there already is asked about, also what comes twice in one drop', async () => {
  const page = new Page();
  page.there.set(sha256('one'), 'IMG_1.jpg');
  await page.take(photo('a', 'one'), photo('b', 'two'), photo('c', 'two'), photo('d', 'three'));
  expect(page.names()).toEqual(['b', 'd']);
  const { duplicates } = page.intake.getSnapshot();
  expect(duplicates.map(({ name, sameAs, isThere }) => [name, sameAs, isThere])).toEqual([
    ['a', 'IMG_1.jpg', true],
    ['c', 'b', false],
  ]);
  page.intake.answer('both', { id: duplicates[0]?.id });
  expect(page.names()).toEqual(['b', 'd', 'a']);
  page.intake.answer('skip');
  expect(page.intake.getSnapshot().duplicates).toEqual([]);
  await page.quiet();
  expect((await page.rows()).map(({ name, decided }) => [name, decided])).toEqual(
    expect.arrayContaining([
      ['a', 'both'],
      ['b', 'new'],
      ['d', 'new'],
    ]),
  );
});

test('what arrived without the page hearing of it is not sent again; what was to be kept twice is', async () => {
  const page = new Page();
  page.there.set(sha256('twin'), 'IMG_1.jpg');
  await page.take(photo('arrived'), photo('twin'));
  page.intake.answer('both');
  const there = new Map([
    [sha256('arrived'), 'arrived'],
    [sha256('twin'), 'IMG_1.jpg'],
  ]);
  const again = await page.reload({ there });
  expect(again.names()).toEqual(['twin']);
  expect(again.intake.getSnapshot().duplicates).toEqual([]);
});

test('what found no room is asked for again, and known by its name, size and digest', async () => {
  const page = new Page({ room: 0 });
  await page.take(photo('a', 'old'), photo('b'));
  const again = await page.reload();
  expect(again.names()).toEqual([]);
  expect(again.intake.getSnapshot().missing.map(({ name }) => name)).toEqual(['a', 'b']);
  await again.take(photo('b'), photo('a', 'new'));
  expect(again.names()).toEqual(['b', 'a']);
  expect(again.intake.getSnapshot().missing).toEqual([]);
  expect(await again.rows()).toHaveLength(2);
});

test('what cannot succeed is not kept', async () => {
  const page = new Page();
  await page.take(photo('a'));
  page.set('a', { state: 'error', error: { code: 'file_type_not_allowed' } });
  await page.quiet();
  expect(await page.rows()).toEqual([]);
});

test('what one file tells does not make it look at all the others', async () => {
  const page = new Page();
  const names = Array.from({ length: 50 }, (_, index) => `${index}`);
  await page.take(...names.map((name) => photo(name)));
  page.looks = 0;
  for (let step = 0; step < 100; step += 1) page.set('0', { state: 'uploading' });
  expect(page.looks).toBeLessThanOrEqual(200);
  for (const name of names) page.set(name, { state: 'done' });
  await page.quiet();
  expect(await page.rows()).toEqual([]);
});

test('what was chosen again is kept from then on, as a new one is', async () => {
  const page = new Page({ room: 0 });
  await page.take(photo('a', 'one'));
  const again = await page.reload();
  await again.take(photo('a', 'one'));
  expect((await again.reload()).names()).toEqual(['a']);
});

/** Ways to files as browsers hand them out: closed after a reload, and a folder opens all that is in it. */
class Disk {
  asked: string[] = [];
  readonly #open = new Set<string>();
  answer: PermissionState = 'granted';

  handle(name: string, folder?: string) {
    return {
      name,
      isSameEntry: async (other: { name: string }) => other.name === name,
      queryPermission: async () => (this.#open.has(folder ?? name) ? 'granted' : 'prompt'),
      requestPermission: async () => {
        this.asked.push(name);
        if (this.answer === 'granted') this.#open.add(name);
        return this.answer;
      },
      getFile: async () => photo(name),
    };
  }

  left(name: string, folder?: string): LeftFile {
    const row = { id: name, name, size: name.length, lastModified: 1, input: 'lst_1' };
    const what = { owner: 'usr_pat', place: 'lst_1', tab: '', order: 1, sha256: null };
    return {
      row: { ...row, ...what, decided: 'new' },
      source: this.handle(name, folder) as unknown as FileSystemFileHandle,
      root: folder ? (this.handle(folder) as unknown as FileSystemDirectoryHandle) : null,
    };
  }
}

test('of a folder the browser asks once, and of nothing more after a no', async () => {
  const [page, disk] = [new Page(), new Disk()];
  const left = [disk.left('a', 'shoot'), disk.left('b', 'shoot'), disk.left('c')];
  await page.intake.restore(left);
  expect(page.intake.getSnapshot().locked).toHaveLength(3);
  disk.answer = 'denied';
  await page.intake.unlock();
  expect(disk.asked).toEqual(['shoot']);
  expect(page.intake.getSnapshot().locked).toHaveLength(3);
  disk.answer = 'granted';
  await page.intake.unlock();
  await page.quiet();
  expect(disk.asked).toEqual(['shoot', 'shoot', 'c']);
  expect(page.names()).toEqual(['a', 'b', 'c']);
});
