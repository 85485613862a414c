import { digestOf, type OpenUploads, UploadDesk, type UploadWords } from '@repo/ui/uploads';
import { createUploader, type Uploader } from 'slipway/client';
import { counted } from '../listing-status.ts';
import { countPairs } from './refusals.ts';
import { isHopeless, uploadWords } from './upload-words.ts';

type Input = { listingId: string };
type PhotoUploader = Uploader<Input, { photoId: string }>;
export type PhotoUploads = OpenUploads<Input, PhotoUploader>;
export type PhotoDesk = UploadDesk<Input, PhotoUploader>;

type DeskParts = {
  /** Whose uploads these are: nobody else's are gone on with. */
  userId: string;
  arrived: (listingId: string) => void;
  /** Digests that photos of the listing have already, with the names of those. */
  findKnown: (listingId: string, digests: string[]) => Promise<ReadonlyMap<string, string>>;
};

/** One upload queue per listing. */
export function createPhotoDesk({ userId, arrived, findKnown }: DeskParts): PhotoDesk {
  return new UploadDesk({
    userId,
    findKnown,
    isHopeless: ({ file, error }) => error !== null && isHopeless(file, error),
    open: (listingId) =>
      createUploader<Input, { photoId: string }>({
        endpoint: '/api/uploads',
        route: 'listingPhotos',
        input: { listingId },
        hash: digestOf,
        onDone: () => arrived(listingId),
      }),
  });
}

/** How photos on their way are spoken of. */
export const photoWords: UploadWords = {
  noun: 'photo',
  place: 'this listing',
  arrived: 'Uploaded',
  checking: 'Checking what arrived',
  problem: uploadWords,
  isHopeless,
  note: (files) => {
    const pairs = countPairs(files);
    return pairs > 0 ? counted(pairs, 'RAW + JPEG pair') : '';
  },
};
