import { constants } from 'node:fs';
import { access, chmod, mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { UrlSigner } from '@repo/foundation/url-signer';
import type { Capabilities } from '../capabilities.ts';
import type { Storage } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import { diskAppendFiles } from './append-files.ts';
import { isFresh } from './claim.ts';
import { type DiskPaths, diskPaths, FOLDER_MODE } from './disk-paths.ts';
import { removeLeftovers } from './leftovers.ts';
import { listObjects } from './list-objects.ts';
import {
  copyObject,
  headObject,
  openSource,
  putObject,
  readObject,
  removeObject,
} from './objects.ts';
import {
  assemble,
  createUpload,
  ingestPart,
  listParts,
  listUploads,
  removeUpload,
} from './parts.ts';
import { signPart, signUpload } from './sign.ts';

const CAPABILITIES: Capabilities = {
  createOnlyPut: true,
  verifiesPut: true,
  verifiesParts: true,
  multipart: true,
  copy: true,
  copyPart: true,
  listsMultiparts: true,
  maxParts: 10_000,
  minPartSize: 1,
};

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageUnavailable(error);
  }
}

/**
 * Objects as files below `root`. Uploads come through Slipway's own `/ingest`
 * route (`ingest.ts`, `parts.ts`), by URLs that this signs.
 */
export function createDiskStorage(options: {
  root: string;
  publicUrl: string;
  signer: UrlSigner;
}): Storage {
  const { root } = options;
  const paths = diskPaths(root);

  return {
    kind: 'disk',
    name: `disk:${root}`,
    maxUploadBytes: null,
    // Uploads that run are seen; the rest is for the moment between the check of a URL and its claim.
    grace: { expireMs: 5_000, eraseMs: 60_000 },
    capabilities: async () => CAPABILITIES,
    signUpload: async (input) => signUpload(options, input),
    signPart: async (input) => signPart(options, input),
    signDownload: async () => null,
    head: (key) => guarded(() => headObject(paths, key)),
    read: (key, range) => guarded(() => readObject(paths, key, range)),
    put: (input) => guarded(() => putObject(paths, input)),
    copy: (input) => guarded(() => copyObject(paths, input)),
    delete: (key) => guarded(() => removeObject(paths, key)),
    createMultipart: ({ key }) => guarded(() => createUpload(paths, key)),
    writePart: ({ body, sha256, ...part }) =>
      guarded(() =>
        ingestPart(paths, { ...part, sha256, body: Readable.from([Buffer.from(body)]) }),
      ),
    copyPart: ({ from, range, uploadId, number }) =>
      guarded(async () => {
        const size = range.end - range.start + 1;
        const body = await openSource(paths, from, range);
        try {
          return await ingestPart(paths, { uploadId, number, size, sha256: undefined, body });
        } finally {
          // What was refused before it was read would stay open.
          body.destroy();
        }
      }),
    listParts: ({ uploadId }) => guarded(() => listParts(paths, uploadId)),
    completeMultipart: (input) => guarded(() => assemble(paths, input)),
    abortMultipart: ({ uploadId }) => guarded(() => removeUpload(paths, uploadId)),
    appendFiles: diskAppendFiles(paths),
    list: (after) => listObjects(paths, after),
    listMultiparts: () => listUploads(paths),
    isReceiving: (key) => guarded(() => isFresh(paths.claim(key))),
    tidy: () => guarded(() => tidy(paths, root)),
    check: () =>
      guarded(async () => {
        await mkdir(paths.temporary, { recursive: true, mode: FOLDER_MODE });
        await access(paths.temporary, constants.W_OK);
      }),
  };
}

async function tidy(paths: DiskPaths, root: string): Promise<number> {
  await mkdir(root, { recursive: true, mode: FOLDER_MODE });
  // A folder that was there before may be open to others. One that another user owns (a mounted
  // volume) is that user's to close.
  await chmod(root, FOLDER_MODE).catch(() => undefined);
  return removeLeftovers(paths);
}
