import { createUploader, type Uploader, type UploadSnapshot } from 'slipway/client';

type Input = { listingId: string };
type Data = { photoId: string };
export type PhotoUploader = Uploader<Input, Data>;
export type PhotoUploads = UploadSnapshot<Data>;
export type OpenUploads = { listingId: string; uploader: PhotoUploader };

/** One upload queue per listing. They outlive the pages: walking on does not stop an upload. */
export class UploadDesk {
  readonly #arrived: (listingId: string) => void;
  readonly #listeners = new Set<() => void>();
  #open: readonly OpenUploads[] = [];

  constructor(arrived: (listingId: string) => void) {
    this.#arrived = arrived;
  }

  uploaderOf(listingId: string): PhotoUploader {
    const known = this.#open.find((each) => each.listingId === listingId);
    if (known) return known.uploader;
    const uploader = createUploader<Input, Data>({
      endpoint: '/api/uploads',
      route: 'listingPhotos',
      input: { listingId },
      onDone: () => this.#arrived(listingId),
    });
    this.#open = [...this.#open, { listingId, uploader }];
    // Asked for while a page renders: whoever lists the queues hears of it after that.
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener();
    });
    return uploader;
  }

  list = (): readonly OpenUploads[] => this.#open;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
