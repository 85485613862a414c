import { forgetDrafts } from '../local/drafts.ts';
import { LocalTable, newLocalId } from '../local/local-table.ts';
import { amongTabs, canTellTabs, thisTab } from '../local/tabs.ts';

/** What is known of a file that is to be uploaded, also after the page was loaded anew. */
export interface KeptFile {
  id: string;
  /** Whose it is: a user of this product. */
  owner: string;
  /** Where it goes: a listing, a project. */
  place: string;
  /** What it is added to the queue with. */
  input: unknown;
  /** The page that sends it. */
  tab: string;
  order: number;
  name: string;
  size: number;
  lastModified: number;
  sha256: string | null;
  /** What came of looking for duplicates: nothing yet, none, or to keep both. */
  decided: 'open' | 'new' | 'both';
  /** Kept only for as long as its page offers to go on with it. */
  isCancelled?: boolean;
}

/** The file, or the way to it. */
export type Source = File | FileSystemFileHandle;

/** What is kept of a file beside its row. */
interface KeptSource {
  id: string;
  source: Source;
  /** The folder that it was chosen in: who may read that may read the file. */
  root?: FileSystemDirectoryHandle;
}

/** A file of before, and its source; null where there was no room for it. */
export interface LeftFile {
  row: KeptFile;
  source: Source | null;
  root: FileSystemDirectoryHandle | null;
}

/** Copies of files take room in the browser: no more than this for each, and for all of them. */
const MAX_COPY = 300_000_000;
const MAX_COPIES = 2_000_000_000;

const TABLE = 'kept-uploads';
const rowsOf = (name = TABLE) => new LocalTable<KeptFile>(name);
/** Apart from their rows, which change: bytes would be copied with each change. */
const sourcesOf = (name = TABLE) => new LocalTable<KeptSource>(`${name}-files`);

/** How many files somebody has in this browser that have not arrived yet. */
export async function countKept(owner: string): Promise<number> {
  const rows = await rowsOf()
    .all()
    .catch(() => []);
  return rows.filter((row) => row.owner === owner && !row.isCancelled).length;
}

/** Forgets everybody's, at the end of a session; also what was typed, and what the SDK remembers of uploads under way. */
export async function forgetKept(): Promise<void> {
  forgetDrafts();
  await Promise.allSettled([rowsOf().clear(), sourcesOf().clear()]);
  localStorage.removeItem('slipway-uploads');
}

type Way = Pick<KeptSource, 'root'> & { source: FileSystemFileHandle };

const ways = new WeakMap<File, Way>();

/** Notes the way to a file, by which it is found again without a copy; and the folder that was asked for. */
export function noteHandle(
  file: File,
  source: FileSystemFileHandle,
  root?: FileSystemDirectoryHandle,
): void {
  ways.set(file, root ? { source, root } : { source });
}

type NewFile = { file: File; input: unknown };

/** The files of a person's upload queues, kept in the browser until they have arrived. */
export class KeptFiles {
  readonly #owner: string;
  readonly #rows: LocalTable<KeptFile>;
  readonly #sources: LocalTable<KeptSource>;
  readonly #room: number;
  #order = Date.now();
  #copied = 0;
  #written: Promise<unknown> = Promise.resolve();
  /** What is not over, and how many bytes of it are copied. */
  readonly #open = new Map<string, number>();

  constructor(owner: string, { name = TABLE, room = MAX_COPIES } = {}) {
    this.#owner = owner;
    this.#rows = rowsOf(name);
    this.#sources = sourcesOf(name);
    this.#room = room;
  }

  /** The ids are known at once; the browser writes in its own time. */
  add(place: string, files: readonly NewFile[]): string[] {
    const rows = files.map(({ file, input }): KeptFile => {
      const { name, size, lastModified } = file;
      const [id, order, tab] = [newLocalId(), this.#order++, canTellTabs() ? thisTab() : ''];
      const what = { name, size, lastModified, sha256: null, decided: 'open' } as const;
      return { id, owner: this.#owner, place, input, tab, order, ...what };
    });
    const ids = rows.map(({ id }) => id);
    // Without that nobody could tell whose they are after a reload.
    if (!canTellTabs()) return ids;
    for (const id of ids) this.#open.set(id, 0);
    this.#write(this.#rows.put(...rows));
    const before = this.#written;
    this.#write(before.then(() => this.#copyAll(ids, files)));
    return ids;
  }

  note(id: string, known: Partial<Pick<KeptFile, 'sha256' | 'decided' | 'isCancelled'>>): void {
    this.#write(this.#rows.change(id, (row) => ({ ...row, ...known })));
  }

  /** A file of before was chosen again: from now on it is kept as a new one is. */
  found(id: string, file: File): void {
    this.#open.set(id, this.#open.get(id) ?? 0);
    const before = this.#written;
    this.#write(before.then(() => this.#copyAll([id], [{ file }])));
  }

  /** It has arrived, or nobody wants it any more. */
  forget(...ids: string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) {
      this.#copied -= this.#open.get(id) ?? 0;
      this.#open.delete(id);
    }
    this.#write(this.#rows.delete(...ids));
    this.#write(this.#sources.delete(...ids));
  }

  /** Files whose page is gone, in their order; from now on they are this page's to send. */
  async takeOver(): Promise<LeftFile[]> {
    if (!canTellTabs()) return [];
    return amongTabs(TABLE, async (tabs) => {
      const all = (await this.#rows.all()).filter(
        ({ owner, tab }) => owner === this.#owner && !tabs.has(tab),
      );
      this.forget(...all.filter(({ isCancelled }) => isCancelled).map(({ id }) => id));
      const left = all
        .filter(({ isCancelled }) => !isCancelled)
        .sort((a, b) => a.order - b.order)
        .map((row) => ({ ...row, tab: thisTab() }));
      if (left.length === 0) return [];
      await this.#rows.put(...left);
      const sources = new Map((await this.#sources.all()).map((each) => [each.id, each]));
      return left.map((row) => {
        const { source = null, root = null } = sources.get(row.id) ?? {};
        const copied = source instanceof Blob ? row.size : 0;
        this.#copied += copied;
        this.#open.set(row.id, copied);
        return { row, source, root };
      });
    }).catch(() => []);
  }

  /** Forgets everybody's, at the end of a session. */
  async clear(): Promise<void> {
    this.#open.clear();
    await Promise.allSettled([this.#rows.clear(), this.#sources.clear()]);
  }

  /** Once all that was asked for until now is written. */
  async written(): Promise<void> {
    await this.#written;
  }

  /** Private windows and full disks keep nothing: after a reload files are asked for again, or forgotten. */
  #write(work: Promise<unknown>): void {
    this.#written = Promise.allSettled([this.#written, work]);
  }

  async #copyAll(ids: readonly string[], files: readonly Pick<NewFile, 'file'>[]): Promise<void> {
    for (const [index, { file }] of files.entries()) {
      const id = ids[index] ?? '';
      const way = ways.get(file);
      const fits = file.size <= MAX_COPY && this.#copied + file.size <= this.#room;
      if (!this.#open.has(id) || !(way || fits)) continue;
      const copied = way ? 0 : file.size;
      this.#copied += copied;
      this.#open.set(id, copied);
      await this.#sources.put({ id, ...(way ?? { source: file }) });
    }
  }
}
