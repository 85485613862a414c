/** One file on its way, as the panel shows it. */
export type UploadItem = {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly state:
    | 'waiting'
    | 'uploading'
    | 'verifying'
    | 'ready'
    | 'refused'
    | 'failed'
    | 'cancelled';
  readonly sent: number;
  /** Bytes a second, over the last seconds; 0 until known. */
  readonly speed: number;
  readonly fileId: string | undefined;
  /** What was expected and what came. */
  readonly error: string | undefined;
};

export type UploadFailure = { message: string; retryable: boolean };
export type FileOutcome = { status: string; error: string | undefined };

/** What the queue needs of the world; the browser's version is in `use-uploads.tsx`. */
export type UploadPorts<Target extends { id: string }> = {
  /** The rule that the file breaks, or `undefined`; asked before any request. */
  check: (file: File) => string | undefined;
  request: (file: File) => Promise<Target>;
  send: (file: File, target: Target, options: SendOptions) => Promise<void>;
  /** Asks for the verdict on the sent bytes; may be asked again. */
  complete: (fileId: string) => Promise<FileOutcome>;
  describe: (error: unknown) => UploadFailure;
  /** A row on the server is new or different. */
  changed: () => void;
  wait: (milliseconds: number) => Promise<void>;
  now: () => number;
};

export type SendOptions = { signal: AbortSignal; onProgress: (sent: number) => void };

type Entry = {
  item: UploadItem;
  file: File;
  stop: AbortController;
  marks: [time: number, sent: number][];
};

const atOnce = 3;
const moving: readonly UploadItem['state'][] = ['waiting', 'uploading', 'verifying'];

export function isMoving(item: UploadItem): boolean {
  return moving.includes(item.state);
}

export class UploadQueue<Target extends { id: string }> {
  readonly #ports: UploadPorts<Target>;
  readonly #listeners = new Set<() => void>();
  #entries: Entry[] = [];
  #items: readonly UploadItem[] = [];
  #nextKey = 1;

  constructor(ports: UploadPorts<Target>) {
    this.#ports = ports;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadItem[] => this.#items;

  add(files: readonly File[]): void {
    for (const file of files) {
      const problem = this.#ports.check(file);
      const item: UploadItem = {
        key: this.#nextKey++,
        name: file.name,
        size: file.size,
        type: file.type,
        state: problem === undefined ? 'waiting' : 'refused',
        sent: 0,
        speed: 0,
        fileId: undefined,
        error: problem,
      };
      this.#entries.push({ item, file, stop: new AbortController(), marks: [] });
    }
    this.#publish();
    this.#pump();
  }

  cancel(key: number): void {
    const entry = this.#find(key);
    if (!entry || (entry.item.state !== 'waiting' && entry.item.state !== 'uploading')) return;
    entry.stop.abort();
    this.#set(entry, { state: 'cancelled', speed: 0 });
    this.#pump();
  }

  retry(key: number): void {
    const entry = this.#find(key);
    if (!entry || (entry.item.state !== 'failed' && entry.item.state !== 'cancelled')) return;
    entry.stop = new AbortController();
    entry.marks = [];
    this.#set(entry, { state: 'waiting', sent: 0, speed: 0, error: undefined, fileId: undefined });
    this.#pump();
  }

  retryFailed(): void {
    for (const item of this.#items) if (item.state === 'failed') this.retry(item.key);
  }

  /** Takes what is over out of the list. */
  clear(): void {
    this.#entries = this.#entries.filter((entry) => isMoving(entry.item));
    this.#publish();
  }

  cancelAll(): void {
    for (const item of this.#items) this.cancel(item.key);
  }

  #find(key: number): Entry | undefined {
    return this.#entries.find((entry) => entry.item.key === key);
  }

  #set(entry: Entry, change: Partial<UploadItem>): void {
    entry.item = { ...entry.item, ...change };
    this.#publish();
  }

  #publish(): void {
    this.#items = this.#entries.map((entry) => entry.item);
    for (const listener of this.#listeners) listener();
  }

  #pump(): void {
    const busy = this.#entries.filter((entry) => entry.item.state === 'uploading').length;
    const next = this.#entries
      .filter((entry) => entry.item.state === 'waiting')
      .slice(0, Math.max(0, atOnce - busy));
    for (const entry of next) void this.#run(entry);
  }

  async #run(entry: Entry): Promise<void> {
    const { signal } = entry.stop;
    this.#set(entry, { state: 'uploading' });
    try {
      const target = await this.#ports.request(entry.file);
      signal.throwIfAborted();
      this.#set(entry, { fileId: target.id });
      this.#ports.changed();
      await this.#ports.send(entry.file, target, {
        signal,
        onProgress: (sent) => this.#progress(entry, sent),
      });
      signal.throwIfAborted();
      this.#set(entry, { state: 'verifying', sent: entry.file.size, speed: 0 });
      this.#pump();
      await this.#settle(entry, target.id);
    } catch (error) {
      if (!signal.aborted) {
        const { message, retryable } = this.#ports.describe(error);
        this.#set(entry, { state: retryable ? 'failed' : 'refused', error: message, speed: 0 });
      }
    } finally {
      this.#ports.changed();
      this.#pump();
    }
  }

  #progress(entry: Entry, sent: number): void {
    if (entry.item.state !== 'uploading') return;
    const time = this.#ports.now();
    entry.marks = [...entry.marks.filter(([at]) => time - at < 4000), [time, sent]];
    const [first] = entry.marks;
    const elapsed = first ? (time - first[0]) / 1000 : 0;
    this.#set(entry, {
      sent,
      speed: first && elapsed > 0.3 ? (sent - first[1]) / elapsed : entry.item.speed,
    });
  }

  /** The bytes are there; what remains is the server's verdict. */
  async #settle(entry: Entry, fileId: string): Promise<void> {
    let result = await this.#ports.complete(fileId);
    for (let tries = 0; result.status === 'pending' || result.status === 'verifying'; tries += 1) {
      await this.#ports.wait(Math.min(300 * 1.5 ** tries, 3000));
      result = await this.#ports.complete(fileId);
    }
    if (result.status === 'ready') {
      this.#set(entry, { state: 'ready' });
      return;
    }
    const error = result.error ?? `The server marked this file as ${result.status}.`;
    this.#set(entry, { state: result.status === 'rejected' ? 'refused' : 'failed', error });
  }
}
