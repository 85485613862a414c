import { LocalTable } from './local-table.ts';

/** A change that the server would not make, and what it said. */
export type RefusedEdit<Edit = unknown> = {
  id: string;
  owner: string;
  edit: Edit;
  reason: string;
  code: string;
  at: number;
};

const NAME = 'refused-edits';
/** Whoever leaves more of them lying looks for the latest. */
const MOST = 50;
const none: readonly never[] = [];

export const forgetRefused = (): Promise<void> => new LocalTable<RefusedEdit>(NAME).clear();

export async function refusedOf<Edit>(owner: string): Promise<RefusedEdit<Edit>[]> {
  const rows = await new LocalTable<RefusedEdit<Edit>>(NAME).all();
  return rows.filter((row) => row.owner === owner).sort((a, b) => b.at - a.at);
}

/** Changes that were refused, kept in the browser until their maker has dealt with them; all its pages show them. */
export class RefusedEdits<Edit> {
  readonly #owner: string;
  readonly #table = new LocalTable<RefusedEdit<Edit>>(NAME);
  readonly #listeners = new Set<() => void>();
  #channel: BroadcastChannel | null = null;
  #list: readonly RefusedEdit<Edit>[] = none;
  #last: Promise<void> = Promise.resolve();

  constructor(owner: string) {
    this.#owner = owner;
  }

  open(): () => void {
    const channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
    this.#channel = channel;
    channel?.addEventListener('message', () => void this.#read());
    void this.#read();
    return () => {
      this.#channel = null;
      channel?.close();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The latest first. */
  list = (): readonly RefusedEdit<Edit>[] => this.#list;

  keep(refused: Omit<RefusedEdit<Edit>, 'owner' | 'at'>): Promise<void> {
    // Of two at the same moment, the later one is the later one.
    const at = Math.max(Date.now(), (this.#list[0]?.at ?? 0) + 1);
    const row = { ...refused, owner: this.#owner, at };
    return this.#write(
      async () => {
        await this.#table.put(row);
        const over = (await refusedOf<Edit>(this.#owner)).slice(MOST);
        await this.#table.delete(...over.map(({ id }) => id));
      },
      () => [row, ...this.#list].slice(0, MOST),
    );
  }

  drop(...ids: string[]): Promise<void> {
    return this.#write(
      () => this.#table.delete(...ids),
      () => this.#list.filter(({ id }) => !ids.includes(id)),
    );
  }

  /** One after the other; a browser that keeps nothing shows them as long as the page. */
  #write(work: () => Promise<void>, otherwise: () => readonly RefusedEdit<Edit>[]): Promise<void> {
    this.#last = this.#last.then(async () => {
      try {
        await work();
        this.#show(await refusedOf<Edit>(this.#owner));
        this.#channel?.postMessage('changed');
      } catch {
        this.#show(otherwise());
      }
    });
    return this.#last;
  }

  #read(): Promise<void> {
    this.#last = this.#last.then(async () => {
      const rows = await refusedOf<Edit>(this.#owner).catch(() => null);
      if (rows) this.#show(rows);
    });
    return this.#last;
  }

  #show(list: readonly RefusedEdit<Edit>[]): void {
    this.#list = list.length === 0 ? none : list;
    for (const listener of this.#listeners) listener();
  }
}
