import { digestOf, MAX_DIGEST_SIZE, UploadDesk } from '@repo/ui/uploads';
import { createUploader, type Uploader } from 'slipway/client';
import { atMostEvery } from './at-most-every.ts';
import { createTransport, type TransportOptions, type UploadPlace } from './transport.ts';
import { fileWords } from './upload-words.ts';

type ProjectUploader = Uploader<UploadPlace, null>;
export type ProjectDesk = UploadDesk<UploadPlace, ProjectUploader>;

type DeskParts = Pick<TransportOptions, 'api' | 'changed'> & {
  /** Whose uploads these are: nobody else's are gone on with. */
  userId: string;
  /** A project's rules as known now. */
  rulesOf: (projectId: string) => ReturnType<TransportOptions['rules']>;
  /** Digests that ready files of the project have, with the names of those. */
  findKnown: (projectId: string, digests: string[]) => Promise<ReadonlyMap<string, string>>;
};

/** Every file changes the lists two times or more; thousands of them must not ask for each change. */
const TELL_EVERY = 1_000;

/** One upload queue for each project. */
export function createProjectDesk(parts: DeskParts): ProjectDesk {
  const { userId, api, rulesOf, findKnown } = parts;
  const changed = atMostEvery(TELL_EVERY, parts.changed);
  return new UploadDesk({
    userId,
    findKnown,
    isHopeless: ({ file, error }) => error !== null && fileWords.isHopeless(file, error),
    open: (projectId) =>
      createUploader({
        transport: createTransport({
          api,
          projectId,
          rules: () => rulesOf(projectId),
          changed,
        }),
        // What is asked about as a duplicate is declared, too. Of a file in parts nobody else can tell the whole's digest:
        // without it a row would have none, the same file would be new again the next time, and nothing could be compared
        // with it. Only what was declared and found in the storage is noted, never a browser's word. It costs one reading of
        // up to 512 MB by a job, while the row says "verifying": see `digestsOfObject` in the core.
        hash: digestOf,
        hashUpTo: MAX_DIGEST_SIZE,
        onDone: changed,
        onError: changed,
      }),
  });
}
