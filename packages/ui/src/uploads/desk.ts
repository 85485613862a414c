import { type Queue, UploadIntake } from './intake.ts';
import { KeptFiles } from './kept-files.ts';

/** Files that were not taken for the same reason. */
export interface Refusal {
  words: string;
  names: readonly string[];
}

/** The uploads of one place: a listing, a project. */
export interface OpenUploads<Input, Uploader extends Queue<Input>> {
  place: string;
  uploader: Uploader;
  intake: UploadIntake<Input>;
  /** What was not taken, and why. */
  refused: readonly Refusal[];
}

interface DeskParts<Input, Uploader extends Queue<Input>> {
  /** Whose uploads these are: nobody else's are gone on with. */
  userId: string;
  open: (place: string) => Uploader;
  /** Which of these digests the place has already, with the names of their files. */
  findKnown: (place: string, digests: string[]) => Promise<ReadonlyMap<string, string>>;
  /** Whether a failed item cannot be tried again. */
  isHopeless: (item: ReturnType<Uploader['getSnapshot']>['items'][number]) => boolean;
}

/** One upload queue for each place. They outlive the pages, also those that are loaded anew. */
export class UploadDesk<Input, Uploader extends Queue<Input>> {
  readonly #parts: DeskParts<Input, Uploader>;
  readonly #kept: KeptFiles;
  readonly #listeners = new Set<() => void>();
  #open: readonly OpenUploads<Input, Uploader>[] = [];

  constructor(parts: DeskParts<Input, Uploader>) {
    this.#parts = parts;
    this.#kept = new KeptFiles(parts.userId);
  }

  at(place: string): OpenUploads<Input, Uploader> {
    const known = this.#open.find((each) => each.place === place);
    if (known) return known;
    const { open, findKnown, isHopeless } = this.#parts;
    const uploader = open(place);
    const intake = new UploadIntake<Input>({
      queue: uploader,
      kept: this.#kept,
      place,
      findKnown: (digests) => findKnown(place, digests),
      isHopeless,
    });
    const added = { place, uploader, intake, refused: [] };
    this.#open = [...this.#open, added];
    // Asked for while a page renders: whoever lists the queues hears of it after that.
    queueMicrotask(() => this.#publish());
    return added;
  }

  refuse(place: string, refused: readonly Refusal[]): void {
    this.#open = this.#open.map((each) => (each.place === place ? { ...each, refused } : each));
    this.#publish();
  }

  /** Goes on with what pages left that are gone. */
  async restore(): Promise<void> {
    const left = await this.#kept.takeOver();
    for (const [place, files] of Map.groupBy(left, ({ row }) => row.place))
      void this.at(place).intake.restore(files);
  }

  /** Once the browser keeps all that was added until now: nothing else has to. */
  written(): Promise<void> {
    return this.#kept.written();
  }

  list = (): readonly OpenUploads<Input, Uploader>[] => this.#open;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }
}
