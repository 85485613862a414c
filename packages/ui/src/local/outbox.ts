import { LocalTable, newLocalId } from './local-table.ts';
import { canTellTabs } from './tabs.ts';

/** A change that the server is to hear of. */
export interface QueuedEdit<Edit = unknown> {
  /** Also its idempotency key: however often it is sent, it is made once. */
  id: string;
  owner: string;
  order: number;
  edit: Edit;
  /** Not sent before then: the time for taking it back. */
  notBefore: number;
  /** Whether it waited for a connection, so that others may have changed things meanwhile. */
  waited: boolean;
  /** Whether it was sent, and the server may have made it already. */
  tried: boolean;
  /** The page that made it: who may take it back is there. */
  tab: string;
  /** How often the server broke down over it. */
  failures: number;
}

/** What sending came to: nobody heard it, the server broke down over it, or it cannot be made. */
export type Sent = 'done' | 'unreachable' | { failed: unknown } | { refused: unknown };

export interface OutboxParts<Edit> {
  /** Whose changes these are. */
  owner: string;
  send: (queued: QueuedEdit<Edit>) => Promise<Sent>;
  /** It is made. What it changes is shown until this ends. */
  made: (queued: QueuedEdit<Edit>) => Promise<void>;
  /** It cannot be made, and is forgotten. */
  refused: (queued: QueuedEdit<Edit>, reason: unknown) => void;
  name?: string;
}

export interface OutboxSnapshot<Edit> {
  /** In the order in which they were made; also those that were sent and are not fetched yet. */
  readonly edits: readonly QueuedEdit<Edit>[];
  /** How many of them the server has not heard of, and could have. */
  readonly waiting: number;
  /** How many this page has had made: what was refused or taken back is none of them. */
  readonly made: number;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
/** Breaking down once may pass by itself; what always does so must not hold up the rest. */
const MOST_FAILURES = 3;

/**
 * Changes on their way to the server: kept in the browser, sent one after the other in their order, each made once
 * even when two pages send it. Without a connection they wait for one.
 */
export class Outbox<Edit> {
  readonly #parts: OutboxParts<Edit>;
  readonly #rows: LocalTable<QueuedEdit<Edit>>;
  readonly #name: string;
  readonly #tab = newLocalId();
  #channel: BroadcastChannel | null = null;
  readonly #listeners = new Set<() => void>();
  /** Made, and shown until the server's own answer is. */
  readonly #sent = new Set<string>();
  /** Not written yet: whoever reads what is written must not lose them. */
  readonly #fresh = new Set<string>();
  /** Taken back, made or refused here: what was read before is older. */
  readonly #gone = new Set<string>();
  #edits: readonly QueuedEdit<Edit>[] = [];
  #snapshot: OutboxSnapshot<Edit> = { edits: [], waiting: 0, made: 0 };
  #written: Promise<unknown> = Promise.resolve();
  #flushing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #order = Date.now();
  #madeHere = 0;

  constructor(parts: OutboxParts<Edit>) {
    const { name = 'queued-edits' } = parts;
    this.#parts = parts;
    this.#rows = new LocalTable(name);
    this.#name = name;
  }

  /** Goes on with what is left of earlier pages; returns how to stop. */
  open(): () => void {
    const wake = () => void this.flush();
    const hear = () => void this.#read();
    globalThis.addEventListener?.('online', wake);
    // Not before: a server that renders the page would keep each of them for ever.
    const channel = globalThis.BroadcastChannel ? new BroadcastChannel(this.#name) : null;
    this.#channel = channel;
    channel?.addEventListener('message', hear);
    void this.#read().then(wake);
    return () => {
      globalThis.removeEventListener?.('online', wake);
      this.#channel = null;
      channel?.close();
      clearTimeout(this.#timer);
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): OutboxSnapshot<Edit> => this.#snapshot;

  /** Makes a change: shown at once, sent soon, or after the time for taking it back. */
  add(edit: Edit, { holdFor = 0 } = {}): QueuedEdit<Edit> {
    const queued: QueuedEdit<Edit> = {
      id: newLocalId(),
      owner: this.#parts.owner,
      order: this.#order++,
      edit,
      notBefore: holdFor > 0 ? Date.now() + holdFor : 0,
      waited: globalThis.navigator?.onLine === false,
      tried: false,
      tab: this.#tab,
      failures: 0,
    };
    this.#edits = [...this.#edits, queued];
    this.#fresh.add(queued.id);
    this.#write(this.#rows.put(queued).then(() => this.#fresh.delete(queued.id)));
    this.#publish();
    void this.flush();
    return queued;
  }

  /** Takes a change back that the server has not heard of. False when it may have. */
  takeBack(id: string): boolean {
    const queued = this.#edits.find((each) => each.id === id);
    if (queued === undefined || queued.tried || this.#sent.has(id)) return false;
    // From then on another page may be sending it.
    const isOver = queued.notBefore > 0 && queued.notBefore <= Date.now();
    if (isOver && canTellTabs()) return false;
    this.#drop(id);
    return true;
  }

  /** Sends what is held back without waiting for longer: who could have taken it back went on. */
  sendNow(id: string): void {
    const queued = this.#edits.find((each) => each.id === id);
    if (queued === undefined || this.#sent.has(id)) return;
    this.#note(queued, { notBefore: 0 });
    void this.flush();
  }

  /**
   * The changes of this page that are held back, to be sent now: it goes away, and the time for taking them back with it.
   * Those of other pages are theirs.
   */
  release(): QueuedEdit<Edit>[] {
    const held = this.#edits.filter(
      ({ id, notBefore, tab }) =>
        tab === this.#tab && notBefore > Date.now() && !this.#sent.has(id),
    );
    for (const queued of held) this.#note(queued, { tried: true });
    return held;
  }

  /** Forgets everybody's, at the end of a session. */
  async clear(): Promise<void> {
    this.#edits = [];
    this.#publish();
    await this.#rows.clear().catch(() => undefined);
  }

  async flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    clearTimeout(this.#timer);
    try {
      await this.#alone(() => this.#sendAll());
    } finally {
      this.#flushing = false;
    }
    this.#wakeLater();
  }

  /** Between pages of one browser the order counts, too. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (!canTellTabs()) return work();
    await navigator.locks.request(`outbox ${this.#parts.owner}`, work);
  }

  async #sendAll(): Promise<void> {
    await this.#written;
    await this.#read();
    for (let next = this.#due(); next; next = this.#due()) {
      if (globalThis.navigator?.onLine === false) return this.#note(next, { waited: true });
      if (!next.tried) this.#note(next, { tried: true });
      if (next.tab !== this.#tab && !(await this.#isStillThere(next))) continue;
      const came = await this.#parts.send(next).catch(() => 'unreachable' as const);
      if (!this.#settle(next, came)) return;
    }
  }

  /** @returns whether the next one may go */
  #settle(sent: QueuedEdit<Edit>, came: Sent): boolean {
    if (came === 'unreachable') {
      this.#failures += 1;
      this.#note(sent, { waited: true, failures: 0 });
      return false;
    }
    const failures = (sent.failures ?? 0) + 1;
    if (came !== 'done' && 'failed' in came && failures < MOST_FAILURES) {
      this.#failures += 1;
      this.#note(sent, { failures });
      return false;
    }
    this.#failures = 0;
    if (came === 'done') this.#made(sent);
    else {
      this.#drop(sent.id);
      this.#parts.refused(sent, 'failed' in came ? came.failed : came.refused);
    }
    return true;
  }

  /** Whether the page that made it has not taken it back in the last moment. */
  async #isStillThere({ id }: QueuedEdit<Edit>): Promise<boolean> {
    await this.#written;
    await this.#read();
    return this.#edits.some((each) => each.id === id);
  }

  #due(): QueuedEdit<Edit> | undefined {
    return this.#edits.find(({ id, notBefore }) => notBefore <= Date.now() && !this.#sent.has(id));
  }

  #made(queued: QueuedEdit<Edit>): void {
    this.#madeHere += 1;
    this.#sent.add(queued.id);
    this.#gone.add(queued.id);
    this.#write(this.#rows.delete(queued.id));
    this.#publish();
    void this.#parts
      .made(queued)
      .catch(() => undefined)
      .finally(() => {
        this.#sent.delete(queued.id);
        this.#edits = this.#edits.filter(({ id }) => id !== queued.id);
        this.#publish();
      });
  }

  #note(queued: QueuedEdit<Edit>, known: Partial<QueuedEdit<Edit>>): void {
    const note = (row: QueuedEdit<Edit>) => ({ ...row, ...known });
    this.#edits = this.#edits.map((each) => (each.id === queued.id ? note(each) : each));
    this.#write(this.#rows.change(queued.id, note));
    this.#publish();
  }

  #drop(id: string): void {
    this.#gone.add(id);
    this.#edits = this.#edits.filter((each) => each.id !== id);
    this.#write(this.#rows.delete(id));
    this.#publish();
  }

  /** What other pages made, and what of ours is no longer there because another page sent it. */
  async #read(): Promise<void> {
    const { owner } = this.#parts;
    const rows = await this.#written.then(() => this.#rows.all()).catch(() => null);
    // A browser that keeps nothing: this page's own are all there is.
    if (rows === null) return;
    const mine = rows.filter((row) => row.owner === owner);
    const shown = this.#edits.filter(({ id }) => this.#sent.has(id) || this.#fresh.has(id));
    const known = new Set([...this.#gone, ...shown.map(({ id }) => id)]);
    const others = mine.filter(({ id }) => !known.has(id));
    this.#edits = [...shown, ...others].sort((a, b) => a.order - b.order);
    this.#publish();
  }

  #wakeLater(): void {
    const waiting = this.#edits.filter(({ id }) => !this.#sent.has(id));
    const first = Math.min(...waiting.map(({ notBefore }) => notBefore));
    if (waiting.length === 0) return;
    const pause = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    const wait = Math.max(first - Date.now(), this.#failures > 0 ? pause : 0, 50);
    const isOffline = globalThis.navigator?.onLine === false && first <= Date.now();
    if (!isOffline) this.#timer = setTimeout(() => void this.flush(), wait);
  }

  #write(work: Promise<unknown>): void {
    this.#written = Promise.allSettled([this.#written, work]).then(() =>
      this.#channel?.postMessage('changed'),
    );
  }

  #publish(): void {
    const waiting = this.#edits.filter(
      ({ id, notBefore }) => !this.#sent.has(id) && notBefore <= Date.now(),
    ).length;
    this.#snapshot = { edits: this.#edits, waiting, made: this.#madeHere };
    for (const listener of this.#listeners) listener();
  }
}
