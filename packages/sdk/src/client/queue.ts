import { sha256 } from '../shared/hash.ts';
import { sleep } from '../shared/retry.ts';
import { brokenRule, tooManyFiles, typeOf } from '../shared/rules.ts';
import type { FileInfo, UploadRules, WireError } from '../shared/types.ts';
import { networkError, toUploadError, UploadError } from './errors.ts';
import { putFile } from './put-file.ts';
import { type SendSteps, type Shipment, send } from './send.ts';
import { TargetDesk } from './target-desk.ts';
import { endpointTransport, type UploadTransport } from './transport.ts';
import type { Uploader, UploaderOptions, UploadItem, UploadSnapshot } from './uploader.ts';

interface Entry<Input, Data> {
  item: UploadItem<Data>;
  info: FileInfo;
  readonly input: Input;
  shipment: Shipment;
  controller: AbortController;
}

const FINISHED = new Set(['done', 'error', 'cancelled']);
const ANSWER_LIMIT = 300_000;
const HASH_UP_TO = 64 * 1024 * 1024;

/** A queue of uploads to one place. */
export function createUploader<Input = unknown, Data = unknown>(
  options: UploaderOptions<Input, Data>,
): Uploader<Input, Data> {
  return new UploadQueue(options);
}

class UploadQueue<Input, Data> implements Uploader<Input, Data> {
  readonly #options: UploaderOptions<Input, Data>;
  readonly #transport: UploadTransport<Input, Data>;
  readonly #desk: TargetDesk<Input, Data>;
  readonly #entries = new Map<string, Entry<Input, Data>>();
  readonly #listeners = new Set<() => void>();
  #rules: UploadRules | null;
  #rulesLoading: Promise<UploadRules | null> | undefined;
  #snapshot: UploadSnapshot<Data>;
  #running = 0;
  #count = 0;

  constructor(options: UploaderOptions<Input, Data>) {
    this.#options = options;
    this.#transport =
      'transport' in options ? options.transport : endpointTransport<Input, Data>(options);
    this.#desk = new TargetDesk(this.#transport);
    this.#rules = options.rules ?? null;
    this.#snapshot = this.#summarize();
  }

  add(files: Iterable<File>, more: { readonly input?: Input } = {}): readonly UploadItem<Data>[] {
    const input = ('input' in more ? more.input : this.#options.input) as Input;
    const added = [...files].map((file, index) => {
      this.#count += 1;
      const key = `upload-${this.#count}`;
      const info = { name: file.name, size: file.size, type: typeOf(file) };
      const item: UploadItem<Data> = {
        key,
        file,
        state: 'queued',
        loaded: 0,
        progress: 0,
        error: null,
        result: null,
        serverData: null,
      };
      const controller = new AbortController();
      this.#entries.set(key, {
        item,
        info,
        input,
        controller,
        shipment: { target: null, stored: false },
      });
      const maxFiles = this.#rules?.maxFiles ?? null;
      const problem =
        maxFiles !== null && index >= maxFiles ? tooManyFiles(maxFiles) : this.#brokenRule(info);
      if (problem) this.#change(key, { state: 'error', error: new UploadError(problem) });
      return key;
    });
    this.#start();
    const items = added.flatMap((key) => this.#entries.get(key)?.item ?? []);
    for (const item of items) if (item.state === 'error') this.#options.onError?.(item);
    return items;
  }

  cancel(key?: string): void {
    for (const { item, controller } of this.#pick(key, (state) => !FINISHED.has(state))) {
      this.#change(item.key, { state: 'cancelled', error: null });
      controller.abort();
    }
    this.#publish();
  }

  retry(key?: string): void {
    const wanted = (state: string) =>
      state === 'error' || (key !== undefined && state === 'cancelled');
    for (const entry of this.#pick(key, wanted)) {
      const problem =
        this.#brokenRule(entry.info) ??
        (entry.item.error?.code === 'too_many_files' ? entry.item.error : null);
      if (problem) continue;
      // A new object: what a cancelled run still has in flight must not touch it.
      entry.shipment = entry.shipment.stored
        ? { ...entry.shipment }
        : { target: null, stored: false };
      entry.info = { ...entry.info, sha256: undefined };
      entry.controller = new AbortController();
      this.#change(entry.item.key, { state: 'queued', error: null });
    }
    this.#start();
  }

  remove(key?: string): void {
    for (const { item, controller } of this.#pick(
      key,
      (state) => key !== undefined || state === 'done' || state === 'cancelled',
    )) {
      this.#entries.delete(item.key);
      controller.abort();
    }
    this.#publish();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): UploadSnapshot<Data> => this.#snapshot;

  settled(): Promise<UploadSnapshot<Data>> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.#snapshot.active) return;
        stop();
        resolve(this.#snapshot);
      };
      const stop = this.subscribe(check);
      check();
    });
  }

  loadRules(): Promise<UploadRules | null> {
    this.#rulesLoading ??= (async () => {
      this.#rules ??= (await this.#transport.rules?.().catch(() => null)) ?? null;
      this.#publish();
      return this.#rules;
    })();
    return this.#rulesLoading;
  }

  #pick(key: string | undefined, wanted: (state: string) => boolean): Entry<Input, Data>[] {
    const entries = [...this.#entries.values()].filter(
      ({ item }) => key === undefined || item.key === key,
    );
    return entries.filter(({ item }) => wanted(item.state));
  }

  #brokenRule(info: FileInfo): WireError | null {
    return this.#rules && brokenRule(info, this.#rules);
  }

  #start(): void {
    const free = Math.max(1, this.#options.concurrency ?? 3) - this.#running;
    for (const entry of this.#pick(undefined, (state) => state === 'queued').slice(
      0,
      Math.max(0, free),
    )) {
      this.#running += 1;
      this.#change(entry.item.key, { state: 'requesting' });
      void this.#run(entry).finally(() => {
        this.#running -= 1;
        this.#publish();
        this.#start();
      });
    }
    this.#publish();
  }

  async #run(entry: Entry<Input, Data>): Promise<void> {
    const { key } = entry.item;
    const { signal } = entry.controller;
    let change: Partial<UploadItem<Data>>;
    try {
      const { file, serverData } = await send(entry.shipment, this.#steps(entry));
      change = { state: 'done', loaded: entry.info.size, progress: 1, result: file, serverData };
    } catch (error) {
      change = { state: 'error', error: toUploadError(error) };
    }
    if (signal.aborted) return;
    this.#change(key, change);
    this.#publish();
    if (change.state === 'done') this.#options.onDone?.(entry.item);
    else this.#options.onError?.(entry.item);
  }

  #steps(entry: Entry<Input, Data>): SendSteps<Data> {
    const { key, file } = entry.item;
    const { signal } = entry.controller;
    const update = (change: Partial<UploadItem<Data>>) => {
      if (signal.aborted) return;
      this.#change(key, change);
      this.#publish();
    };
    return {
      signal,
      retries: this.#options.retries ?? 4,
      enter: (state) => update({ state }),
      request: async () => {
        entry.info = await this.#hashed(entry.info, file);
        signal.throwIfAborted();
        return this.#desk.ask(entry.info, entry.input);
      },
      put: (target) =>
        (this.#options.put ?? putFile)(file, target.upload, {
          signal,
          onProgress: (bytes) => {
            const loaded = Math.max(entry.item.loaded, Math.min(bytes, file.size));
            update({ loaded, progress: file.size > 0 ? loaded / file.size : 1 });
          },
        }),
      complete: (target) => withinLimit(this.#transport.complete(target, { signal }), signal),
    };
  }

  async #hashed(info: FileInfo, file: File): Promise<FileInfo> {
    const tooLarge =
      file.size > (this.#options.hashUpTo ?? HASH_UP_TO) || this.#options.hashUpTo === 0;
    // Web Crypto is missing on pages served over plain HTTP from another machine.
    if (info.sha256 || tooLarge || !globalThis.crypto?.subtle) return info;
    const bytes = await file.arrayBuffer().catch(() => {
      throw new UploadError({
        code: 'unreadable',
        message: `“${file.name}” cannot be read. Choose it again.`,
      });
    });
    return { ...info, sha256: await sha256(bytes) };
  }

  #change(key: string, change: Partial<UploadItem<Data>>): void {
    const entry = this.#entries.get(key);
    if (entry) entry.item = { ...entry.item, ...change };
  }

  #summarize(): UploadSnapshot<Data> {
    const items = [...this.#entries.values()].map(({ item }) => item);
    const counted = items.filter(({ state }) => state !== 'cancelled');
    const loaded = counted.reduce((sum, item) => sum + item.loaded, 0);
    const size = counted.reduce((sum, { file }) => sum + file.size, 0);
    const active = items.some(({ state }) => !FINISHED.has(state));
    const done = items.filter(({ state }) => state === 'done').length;
    const ratio = size > 0 ? loaded / size : Number(items.length > 0 && !active);
    const before = this.#snapshot;
    const starting = items.length === 0 || (active && !before?.active);
    const shown = starting ? 0 : (before?.progress ?? 0);
    return {
      items,
      loaded,
      size,
      active,
      done,
      failed: items.filter(({ state }) => state === 'error').length,
      progress: Math.max(ratio, shown),
      rules: this.#rules,
    };
  }

  #publish(): void {
    const wasActive = this.#snapshot.active;
    this.#snapshot = this.#summarize();
    for (const listener of [...this.#listeners]) listener();
    if (wasActive && !this.#snapshot.active) this.#options.onSettled?.(this.#snapshot);
  }
}

/** A server that never answers must not hold its place in the queue for ever. */
async function withinLimit<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const limit = new AbortController();
  const stop = () => limit.abort(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    const late = sleep(ANSWER_LIMIT, limit.signal).then(() => {
      throw networkError('The server does not answer.');
    });
    return await Promise.race([work, late]);
  } finally {
    signal.removeEventListener('abort', stop);
    limit.abort();
  }
}
