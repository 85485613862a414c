import { sha256 } from '../shared/hash.ts';
import type { Part } from '../shared/parts.ts';
import { brokenRule, tooManyFiles } from '../shared/rules.ts';
import type { FileInfo, UploadRules } from '../shared/types.ts';
import { breaksRule, toUploadError, UploadError } from './errors.ts';
import { createLanes } from './lanes.ts';
import { remembered } from './memory.ts';
import type { Put } from './put-xhr.ts';
import { type SendSteps, type Shipment, send } from './send.ts';
import { createTargetDesk, type TargetDesk } from './target-desk.ts';
import { callJson, endpointTransport, type UploadTransport } from './transport.ts';
import {
  HOLDABLE,
  RUNNING,
  UNFINISHED,
  type Uploader,
  type UploaderOptions,
  type UploadItem,
  type UploadSnapshot,
  type UploadState,
} from './uploader.ts';

interface Entry<Input, Data> {
  item: UploadItem<Data>;
  info: FileInfo;
  readonly input: Input;
  shipment: Shipment;
  controller: AbortController;
}

/** 64 MB. */
const HASH_UP_TO = 2 ** 26;
const RETRIES = 6;
const FILES_AT_ONCE = 3;
/** Browsers open six connections to a host at most, and some are needed for asking. */
const CONNECTIONS = 4;

const hashHere = (piece: Blob) => piece.arrayBuffer().then(sha256);

/**
 * A queue of uploads to one place; `put` sends the bytes where the options do not. The public members are properties,
 * so that they can be spread and passed on by themselves.
 */
export class UploadQueue<Input, Data> implements Uploader<Input, Data> {
  readonly #options: UploaderOptions<Input, Data>;
  readonly #put: Put;
  readonly #transport: UploadTransport<Input, Data>;
  readonly #ask: TargetDesk<Input>;
  readonly #atOnce: number;
  readonly #lane: ReturnType<typeof createLanes>;
  readonly #entries = new Map<string, Entry<Input, Data>>();
  readonly #listeners = new Set<() => void>();
  #rules: UploadRules | null;
  #snapshot: UploadSnapshot<Data> | undefined;
  /** Snapshots are made when somebody looks: of ten thousand files each tells of several steps. */
  #isStale = true;
  #count = 0;

  constructor(options: UploaderOptions<Input, Data>, put: Put) {
    this.#options = options;
    this.#put = put;
    this.#transport = 'transport' in options ? options.transport : endpointTransport(options);
    this.#ask = createTargetDesk(this.#transport);
    this.#atOnce = Math.max(1, options.concurrency ?? FILES_AT_ONCE);
    this.#lane = createLanes(Math.max(CONNECTIONS, this.#atOnce));
    this.#rules = options.rules ?? null;
  }

  add = (
    files: Iterable<File>,
    { input = this.#options.input as Input }: { readonly input?: Input } = {},
  ): readonly UploadItem<Data>[] => {
    const added = [...files].map((file, index) => {
      const info = { name: file.name, size: file.size, type: file.type };
      const { maxFiles } = this.#rules ?? {};
      const problem =
        maxFiles != null && index >= maxFiles
          ? tooManyFiles(maxFiles)
          : brokenRule(info, this.#rules);
      this.#count += 1;
      const item: UploadItem<Data> = {
        key: `upload-${this.#count}`,
        file,
        state: problem ? 'error' : 'queued',
        loaded: 0,
        progress: 0,
        error: problem && new UploadError(problem),
        result: null,
        serverData: null,
        serverPending: false,
      };
      const entry = {
        item,
        info,
        input,
        shipment: { parts: [] },
        controller: new AbortController(),
      };
      this.#entries.set(item.key, entry);
      return entry;
    });
    for (const { item } of added)
      if (item.error) queueMicrotask(() => this.#options.onError?.(item));
    this.#start(added.length > 0);
    return added.map(({ item }) => item);
  };

  pause = (key?: string): void => {
    this.#stop(this.#pick(HOLDABLE, key), 'paused');
  };

  resume = (key?: string): void => {
    this.#requeue(this.#pick(['paused'], key));
  };

  cancel = (key?: string): void => {
    const entries = this.#pick(UNFINISHED, key);
    this.#stop(entries, 'cancelled');
    for (const entry of entries) this.#discard(entry);
  };

  retry = (key?: string): void => {
    const entries = this.#pick(key ? ['error', 'cancelled'] : ['error'], key).filter(
      ({ item }) => !breaksRule(item.error),
    );
    for (const entry of entries) {
      const { target, parts } = entry.shipment;
      if (target?.upload.multipart || parts[0]?.stored) continue;
      entry.shipment = { parts: [] };
      entry.info = { ...entry.info, sha256: undefined };
    }
    this.#requeue(entries);
  };

  remove = (key?: string): void => {
    if (key) this.cancel(key);
    for (const { item } of this.#pick(
      ['done', 'cancelled', ...(key ? (['error'] as const) : [])],
      key,
    ))
      this.#entries.delete(item.key);
    this.#publish();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): UploadSnapshot<Data> => {
    const before = this.#snapshot;
    if (before && !this.#isStale) return before;
    this.#isStale = false;
    const items = [...this.#entries.values()].map(({ item }) => item);
    let [loaded, size, done, failed, active] = [0, 0, 0, 0, false];
    for (const item of items) {
      const { state } = item;
      active ||= UNFINISHED.includes(state);
      if (state === 'done') done += 1;
      if (state === 'error') failed += 1;
      if (state === 'cancelled') continue;
      loaded += item.loaded;
      size += item.file.size;
    }
    const ratio = size > 0 ? loaded / size : Number(items.length > 0 && !active);
    const starting = items.length === 0 || (active && !before?.active);
    const progress = Math.max(ratio, starting ? 0 : (before?.progress ?? 0));
    const rules = this.#rules;
    this.#snapshot = { items, loaded, size, active, done, failed, progress, rules };
    return this.#snapshot;
  };

  settled = async (): Promise<UploadSnapshot<Data>> => {
    while (this.getSnapshot().active) {
      await new Promise<void>((resolve) => {
        const stop = this.subscribe(() => resolve(stop()));
      });
    }
    return this.getSnapshot();
  };

  loadRules = async (): Promise<UploadRules | null> => {
    this.#rules ??= (await this.#transport.rules?.().catch(() => null)) ?? null;
    this.#publish();
    return this.#rules;
  };

  #pick(states: readonly UploadState[], key?: string): Entry<Input, Data>[] {
    return [...this.#entries.values()].filter(
      ({ item }) => states.includes(item.state) && (!key || item.key === key),
    );
  }

  #stop(entries: readonly Entry<Input, Data>[], state: UploadState): void {
    for (const entry of entries) {
      entry.item = { ...entry.item, state };
      entry.controller.abort();
    }
    this.#start();
  }

  #requeue(entries: readonly Entry<Input, Data>[]): void {
    for (const entry of entries) {
      entry.controller = new AbortController();
      entry.item = { ...entry.item, state: 'queued', error: null };
    }
    this.#start();
  }

  /** What arrived of a cancelled file is of no use. If this is not heard, the server finds out itself. */
  #discard(entry: Entry<Input, Data>): void {
    const { target } = entry.shipment;
    this.#remember(entry, '');
    entry.shipment = { parts: [] };
    if (target?.upload.multipart)
      void callJson(target.upload.url, { method: 'DELETE' }).catch(() => null);
  }

  /** The token this file is remembered by; with a second argument, another one from now on. */
  #remember({ info, input, item }: Entry<Input, Data>, token?: string, expiresAt?: string) {
    const { place } = this.#transport;
    if (!place || this.#options.resumable === false) return undefined;
    const { name, size } = info;
    const upload = JSON.stringify([place, input, name, size, item.file.lastModified]);
    return remembered(upload, token, expiresAt);
  }

  /** Starts as many as allowed; where there was something to do and nothing is left, that is the end. */
  #start(wasActive = this.#snapshot?.active): void {
    const free = this.#atOnce - this.#pick(RUNNING).length;
    for (const entry of this.#pick(['queued']).slice(0, free)) {
      entry.item = { ...entry.item, state: 'requesting' };
      void this.#run(entry);
    }
    this.#publish();
    const now = this.getSnapshot();
    if (wasActive && !now.active) queueMicrotask(() => this.#options.onSettled?.(now));
  }

  async #run(entry: Entry<Input, Data>): Promise<void> {
    const { signal } = entry.controller;
    let change: Partial<UploadItem<Data>>;
    try {
      const { file, serverData, server } = await send(entry.shipment, this.#steps(entry));
      change = {
        state: 'done',
        loaded: entry.info.size,
        progress: 1,
        result: file,
        serverData,
        serverPending: server === 'pending',
      };
      this.#remember(entry, '');
    } catch (error) {
      change = { state: 'error', error: toUploadError(error) };
      // An upload that ended is not gone on with.
      if (entry.shipment.parts[0] && !entry.shipment.target) this.#remember(entry, '');
    }
    if (signal.aborted) return;
    const item = { ...entry.item, ...change };
    entry.item = item;
    // In a moment of its own: what somebody's code throws is theirs to hear of, and ends nothing here.
    queueMicrotask(() => this.#options[change.error ? 'onError' : 'onDone']?.(item));
    this.#start();
  }

  #steps(entry: Entry<Input, Data>): SendSteps<Data> {
    const { shipment } = entry;
    const { file } = entry.item;
    const { signal } = entry.controller;
    const { retries = RETRIES, put = this.#put, hash = hashHere } = this.#options;
    const update = (change: Partial<UploadItem<Data>>) => {
      if (signal.aborted) return;
      entry.item = { ...entry.item, ...change };
      this.#publish();
    };
    const measure = () => {
      let sent = 0;
      for (const { stored, size, loaded } of shipment.parts) sent += stored ? size : loaded;
      const loaded = Math.max(entry.item.loaded, sent);
      update({ loaded, progress: file.size > 0 ? loaded / file.size : 1 });
    };
    const digest = (piece: Blob) =>
      hash(piece).catch(() => {
        const message = `“${file.name}” cannot be read. Choose it again.`;
        throw new UploadError({ code: 'unreadable', message });
      });
    const cut = ({ start, size }: Part) => file.slice(start, start + size);
    return {
      signal,
      retries,
      size: file.size,
      enter: (state) => {
        signal.throwIfAborted();
        update({ state });
      },
      request: async () => {
        if (this.#canHash(file.size))
          entry.info = {
            ...entry.info,
            sha256: entry.info.sha256 ?? (await digest(file)),
          };
        signal.throwIfAborted();
        const known = shipment.parts[0] ? undefined : this.#remember(entry);
        // The same file twice is two uploads: the first one's is not another's to go on with.
        const isTaken =
          known &&
          this.#pick(UNFINISHED).some((other) => other !== entry && other.shipment.token === known);
        const resume = isTaken ? undefined : known;
        shipment.token = resume;
        const target = await this.#ask({ ...entry.info, resume }, entry.input);
        const { upload, token = '' } = target;
        shipment.unsure = resume === token;
        shipment.token = token;
        if (this.#canHash(upload.multipart?.partSize ?? file.size))
          this.#remember(entry, token, upload.expiresAt);
        return target;
      },
      digest: async (part) => {
        // Of all parts or of none, so the first one's size decides.
        if (this.#canHash((shipment.parts[0] ?? part).size))
          part.sha256 ??= await digest(cut(part));
        measure();
        return part.sha256;
      },
      put: (part, target) =>
        this.#lane(async () => {
          signal.throwIfAborted();
          await put(cut(part), target, {
            signal,
            onProgress: (bytes) => {
              part.loaded = Math.min(bytes, part.size);
              measure();
            },
          });
        }),
      complete: (target) => this.#transport.complete(target, { signal }),
    };
  }

  /** Web Crypto is missing on pages served over plain HTTP from another machine. */
  #canHash(size: number): boolean {
    return size <= (this.#options.hashUpTo ?? HASH_UP_TO) && !!globalThis.crypto?.subtle;
  }

  #publish(): void {
    this.#isStale = true;
    for (const listener of this.#listeners)
      try {
        listener();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
  }
}
