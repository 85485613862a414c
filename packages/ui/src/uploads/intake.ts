import { canDigest, digestOf } from './digest.ts';
import type { KeptFile, KeptFiles, LeftFile } from './kept-files.ts';

/** Of the SDK's uploader, what is needed here. */
export interface Queue<Input> {
  add(files: Iterable<File>, options: { readonly input: Input }): readonly { key: string }[];
  subscribe(listener: () => void): () => void;
  getSnapshot(): { readonly items: readonly QueueItem[] };
}

interface QueueItem {
  readonly key: string;
  readonly file: File;
  readonly state: string;
  readonly error: { readonly code: string } | null;
}

/** A file, and what it is added to the queue with. */
export interface Incoming<Input> {
  file: File;
  input: Input;
}

/** A file whose bytes are there already, under this name. */
export interface Duplicate {
  id: string;
  name: string;
  sameAs: string;
  /** Whether that one is on the server; else it came in the same drop. */
  isThere: boolean;
}

export interface IntakeSnapshot {
  /** Files that are looked at, and how many of them are. */
  readonly looking: number;
  readonly looked: number;
  /** Waiting for a person's answer. */
  readonly duplicates: readonly Duplicate[];
  /** From before the page was loaded: the browser wants to be asked for them again. */
  readonly locked: readonly LeftFile[];
  /** From before, too, and to be chosen again. */
  readonly missing: readonly KeptFile[];
}

export interface IntakeParts<Input> {
  queue: Queue<Input>;
  kept: KeptFiles;
  place: string;
  /** What is on the server already: digests, with the names of their files. */
  findKnown: (digests: string[]) => Promise<ReadonlyMap<string, string>>;
  /** Whether a failed item cannot be tried again. */
  isHopeless: (item: QueueItem) => boolean;
}

interface Entry<Input> extends Incoming<Input> {
  id: string;
  decided: KeptFile['decided'];
  /** Whether it was in the queue of a page that is gone. */
  isRestored: boolean;
  /** What a file was that is chosen again. */
  expected: string | null;
  sha256: string | null;
}

/** Enough for a question, soon enough for the first files to start. */
const MOST_AT_ONCE = 100;
const LOOK_FOR_MS = 600;

/**
 * What happens to files before they are in the queue: they are kept against reloads, and compared with what is
 * there. What is new goes on by itself; a person is asked about the rest.
 */
export class UploadIntake<Input> {
  readonly #parts: IntakeParts<Input>;
  readonly #listeners = new Set<() => void>();
  readonly #waiting: Entry<Input>[] = [];
  /** In question, by id. */
  readonly #asked = new Map<string, { entry: Entry<Input>; duplicate: Duplicate }>();
  /** In the queue, by the queue's key. */
  readonly #sent = new Map<string, Entry<Input>>();
  /** Of those, what was cancelled and may be tried again. */
  readonly #cancelled = new Set<string>();
  #seen: readonly QueueItem[] = [];
  #snapshot: IntakeSnapshot = { looking: 0, looked: 0, duplicates: [], locked: [], missing: [] };
  #isLooking = false;

  constructor(parts: IntakeParts<Input>) {
    this.#parts = parts;
    parts.queue.subscribe(() => this.#watch());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): IntakeSnapshot => this.#snapshot;

  /** Files that a person dropped or chose. */
  take(incoming: readonly Incoming<Input>[]): void {
    const missing = [...this.#snapshot.missing];
    const fresh: Incoming<Input>[] = [];
    for (const each of incoming) {
      const { name, size } = each.file;
      const index = missing.findIndex((row) => row.name === name && row.size === size);
      const [row] = index < 0 ? [] : missing.splice(index, 1);
      if (row) {
        this.#parts.kept.found(row.id, each.file);
        this.#waiting.push(restored<Input>(row, each.file));
      } else fresh.push(each);
    }
    this.#takeFresh(fresh);
    this.#set({ missing });
    void this.#look();
  }

  /** What pages left that are gone. */
  async restore(left: readonly LeftFile[]): Promise<void> {
    const locked: LeftFile[] = [];
    const missing: KeptFile[] = [];
    for (const each of left) {
      const { row, source } = each;
      if (source === null) missing.push(row);
      else if (source instanceof Blob) this.#waiting.push(restored<Input>(row, source));
      else if ((await mayRead(source)) === 'granted') await this.#open(row, source, missing);
      else locked.push(each);
    }
    this.#set({
      locked: [...this.#snapshot.locked, ...locked],
      missing: [...this.#snapshot.missing, ...missing],
    });
    await this.#look();
  }

  /** After a click: asks the browser for the files that it gives only then, once for all of a folder. */
  async unlock(): Promise<void> {
    const { locked } = this.#snapshot;
    const still: LeftFile[] = [];
    const missing = [...this.#snapshot.missing];
    // Who says no is not asked about the next one.
    let isAsking = true;
    const ask = async (handle: Permitted) => {
      const isGranted = isAsking && (await askToRead(handle)) === 'granted';
      isAsking = isGranted;
    };
    for (const folder of await foldersOf(locked)) await ask(folder);
    for (const each of locked) {
      const { row, source, root } = each;
      if (source === null || source instanceof Blob) continue;
      if (root === null && (await mayRead(source)) !== 'granted') await ask(source);
      if ((await mayRead(source)) === 'granted') await this.#open(row, source, missing);
      else still.push(each);
    }
    this.#set({ locked: still, missing });
    await this.#look();
  }

  /** A person does not want what is locked or missing any more. */
  giveUp(): void {
    const { locked, missing } = this.#snapshot;
    this.#parts.kept.forget(...[...locked.map(({ row }) => row), ...missing].map(({ id }) => id));
    this.#set({ locked: [], missing: [] });
  }

  /** What becomes of a duplicate, or of all of them. */
  answer(how: 'skip' | 'both', { id }: { id?: string | undefined } = {}): void {
    const answered = [...this.#asked.values()].filter(({ entry }) => !id || entry.id === id);
    for (const { entry } of answered) {
      this.#asked.delete(entry.id);
      if (how === 'both') this.#send([entry], 'both');
      else this.#parts.kept.forget(entry.id);
    }
    this.#publishAsked();
  }

  #takeFresh(incoming: readonly Incoming<Input>[]): void {
    const ids = this.#parts.kept.add(this.#parts.place, incoming);
    incoming.forEach(({ file, input }, index) => {
      const id = ids[index] ?? '';
      const what = { decided: 'open', isRestored: false, expected: null, sha256: null } as const;
      this.#waiting.push({ id, file, input, ...what });
    });
  }

  async #open(row: KeptFile, handle: FileSystemFileHandle, missing: KeptFile[]): Promise<void> {
    const file = await handle.getFile().catch(() => null);
    const isSame = file?.size === row.size && file.lastModified === row.lastModified;
    if (file && isSame) this.#waiting.push(restored<Input>(row, file));
    else missing.push(row);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    let looked = 0;
    this.#set({ looking: this.#waiting.length });
    while (this.#waiting.length > 0) {
      const batch: Entry<Input>[] = [];
      const until = Date.now() + LOOK_FOR_MS;
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        await this.#digest(next);
        batch.push(next);
        looked += 1;
        if (batch.length >= MOST_AT_ONCE || Date.now() > until) break;
      }
      this.#set({ looking: looked + this.#waiting.length, looked });
      await this.#compare(batch);
    }
    this.#isLooking = false;
    this.#set({ looking: 0, looked: 0 });
  }

  async #digest(entry: Entry<Input>): Promise<void> {
    const { file, id, expected } = entry;
    entry.sha256 = canDigest(file.size) ? await digestOf(file).catch(() => null) : null;
    // Another file of the same name and size: not the one that was waited for.
    if (expected !== null && entry.sha256 !== expected)
      Object.assign(entry, { isRestored: false, decided: 'open' });
    if (entry.sha256) this.#parts.kept.note(id, { sha256: entry.sha256 });
  }

  async #compare(batch: readonly Entry<Input>[]): Promise<void> {
    const there = await this.#ask(batch);
    const fresh: Entry<Input>[] = [];
    const coming = new Map<string, string>();
    for (const { sha256, file } of [...this.#sent.values(), ...this.#inQuestion()])
      if (sha256) coming.set(sha256, file.name);
    for (const entry of batch) {
      const { id, sha256, file, decided } = entry;
      const known = sha256 === null ? undefined : there.get(sha256);
      const other = sha256 === null ? undefined : coming.get(sha256);
      // It arrived, and the page went away before it heard of that.
      const arrived = entry.isRestored && decided === 'new' && known !== undefined;
      const sameAs = known ?? other;
      if (arrived) this.#parts.kept.forget(id);
      else if (sameAs === undefined || decided === 'both') fresh.push(entry);
      else {
        const duplicate = { id, name: file.name, sameAs, isThere: known !== undefined };
        this.#asked.set(id, { entry, duplicate });
      }
      if (sha256) coming.set(sha256, file.name);
    }
    this.#send(fresh, 'new');
    this.#publishAsked();
  }

  #inQuestion(): Entry<Input>[] {
    return [...this.#asked.values()].map(({ entry }) => entry);
  }

  /** One question for all. Offline it waits; a server that cannot tell does not hold anything up. */
  async #ask(batch: readonly Entry<Input>[]): Promise<ReadonlyMap<string, string>> {
    const digests = [...new Set(batch.flatMap(({ sha256 }) => sha256 ?? []))];
    if (digests.length === 0) return new Map();
    for (;;) {
      try {
        return await this.#parts.findKnown(digests);
      } catch {
        if (globalThis.navigator?.onLine !== false) return new Map();
        await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
      }
    }
  }

  #send(entries: readonly Entry<Input>[], decided: 'new' | 'both'): void {
    const { queue, kept } = this.#parts;
    for (const entry of entries) {
      if (entry.decided === 'open') kept.note(entry.id, { decided });
      // Noted at once, because adding tells those who watch.
      const [item] = queue.add([entry.file], { input: entry.input });
      if (item) this.#sent.set(item.key, entry);
    }
    this.#watch();
  }

  /** What is over in the queue is not kept any longer. */
  #watch(): void {
    const before = this.#seen;
    const { items: now } = this.#parts.queue.getSnapshot();
    this.#seen = now;
    if (this.#sent.size === 0) return;
    // Of ten thousand files one or two moved on: most of what the queue tells is no end of any.
    const changed = now.filter((item, index) => item !== before[index]);
    const isSame =
      now !== before &&
      now.length === before.length &&
      now.every(({ key }, index) => key === before[index]?.key);
    for (const item of changed) this.#noteCancelled(item);
    if (isSame && !changed.some((item) => this.#isOver(item))) return;
    const items = new Map(now.map((item) => [item.key, item]));
    const over: string[] = [];
    for (const [key, { id }] of this.#sent) {
      const item = items.get(key);
      if (item && !this.#isOver(item)) continue;
      this.#sent.delete(key);
      this.#cancelled.delete(key);
      over.push(id);
    }
    this.#parts.kept.forget(...over);
  }

  #isOver(item: QueueItem): boolean {
    return item.state === 'done' || this.#parts.isHopeless(item);
  }

  /** Whoever tries it again may reload then; whoever does not has it forgotten with the page. */
  #noteCancelled({ key, state }: QueueItem): void {
    const isCancelled = state === 'cancelled';
    const id = this.#sent.get(key)?.id;
    if (id === undefined || isCancelled === this.#cancelled.has(key)) return;
    if (isCancelled) this.#cancelled.add(key);
    else this.#cancelled.delete(key);
    this.#parts.kept.note(id, { isCancelled });
  }

  #publishAsked(): void {
    this.#set({ duplicates: [...this.#asked.values()].map(({ duplicate }) => duplicate) });
  }

  #set(change: Partial<IntakeSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function restored<Input>(row: KeptFile, file: File): Entry<Input> {
  const { id, input, decided, sha256: expected } = row;
  return { id, file, input: input as Input, decided, isRestored: true, expected, sha256: null };
}

type Permitted = FileSystemHandle & {
  queryPermission?: (what: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (what: { mode: 'read' }) => Promise<PermissionState>;
};

/** Browsers that hand out handles without these two ask for nothing. */
const mayRead = async (handle: Permitted) =>
  (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
const askToRead = async (handle: Permitted) =>
  handle.requestPermission?.({ mode: 'read' }).catch(() => 'denied' as const) ?? 'granted';

/** The folders that files were chosen in, each once: what comes out of the browser's store is always another object. */
async function foldersOf(left: readonly LeftFile[]): Promise<FileSystemDirectoryHandle[]> {
  const folders: FileSystemDirectoryHandle[] = [];
  for (const { root } of left) {
    if (root === null) continue;
    const isSame = await Promise.all(folders.map((each) => each.isSameEntry(root)));
    if (!isSame.includes(true)) folders.push(root);
  }
  return folders;
}
