import { digestOf, KeptFiles, UploadIntake } from '@repo/ui/uploads';
import { createUploader, type Uploader, type UploadSnapshot } from 'slipway/client';
import type { Refusal } from './refusals.ts';
import { isHopeless } from './upload-words.ts';

type Input = { listingId: string };
type Data = { photoId: string };
export type PhotoUploader = Uploader<Input, Data>;
export type PhotoUploads = UploadSnapshot<Data>;
export type PhotoIntake = UploadIntake<Input>;

/** The uploads of one listing. */
export type OpenUploads = {
  listingId: string;
  uploader: PhotoUploader;
  intake: PhotoIntake;
  /** What was not taken, and why. */
  refused: readonly Refusal[];
};

type DeskParts = {
  /** Whose uploads these are: nobody else's are gone on with. */
  userId: string;
  arrived: (listingId: string) => void;
  /** Digests that photos of the listing have already, with the names of those. */
  findKnown: (listingId: string, digests: string[]) => Promise<ReadonlyMap<string, string>>;
};

/** One upload queue per listing. They outlive the pages, also those that are loaded anew. */
export class UploadDesk {
  readonly #parts: DeskParts;
  readonly #kept: KeptFiles;
  readonly #listeners = new Set<() => void>();
  #open: readonly OpenUploads[] = [];

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#kept = new KeptFiles(parts.userId);
  }

  at(listingId: string): OpenUploads {
    const known = this.#open.find((each) => each.listingId === listingId);
    if (known) return known;
    const { arrived, findKnown } = this.#parts;
    const input = { listingId };
    const uploader = createUploader<Input, Data>({
      endpoint: '/api/uploads',
      route: 'listingPhotos',
      input,
      hash: digestOf,
      onDone: () => arrived(listingId),
    });
    const intake = new UploadIntake<Input>({
      queue: uploader,
      kept: this.#kept,
      place: listingId,
      findKnown: (digests) => findKnown(listingId, digests),
      isHopeless: ({ file, error }) => error !== null && isHopeless(file, error),
    });
    const added = { listingId, uploader, intake, refused: [] };
    this.#open = [...this.#open, added];
    // Asked for while a page renders: whoever lists the queues hears of it after that.
    queueMicrotask(() => this.#publish());
    return added;
  }

  refuse(listingId: string, refused: readonly Refusal[]): void {
    this.#open = this.#open.map((each) =>
      each.listingId === listingId ? { ...each, refused } : each,
    );
    this.#publish();
  }

  /** Goes on with what pages left that are gone. */
  async restore(): Promise<void> {
    const left = await this.#kept.takeOver();
    for (const [listingId, files] of Map.groupBy(left, ({ row }) => row.place))
      void this.at(listingId).intake.restore(files);
  }

  list = (): readonly OpenUploads[] => this.#open;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }
}
