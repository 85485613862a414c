import { constants, createReadStream } from 'node:fs';
import { access, chmod, mkdir, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Storage } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import type { UrlSigner } from '../url-signer.ts';
import { diskAppendFiles } from './append-files.ts';
import { isFresh } from './claim.ts';
import { type DiskPaths, diskPaths, FOLDER_MODE, nullIfMissing } from './disk-paths.ts';
import { IDLE_MS, publish } from './ingest.ts';
import { removeLeftovers } from './leftovers.ts';
import { listObjects } from './list-objects.ts';
import { readMeta } from './object-meta.ts';
import {
  assemble,
  createUpload,
  ingestPart,
  listParts,
  listUploads,
  removeUpload,
} from './parts.ts';
import { writeStreamToFile } from './write-stream-to-file.ts';

export const INGEST_PURPOSE = 'ingest';
export const PART_PURPOSE = 'ingest part';

const CAPABILITIES: Capabilities = {
  createOnlyPut: true,
  verifiesPut: true,
  verifiesParts: true,
  multipart: true,
  copy: true,
  copyPart: false,
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

  const remove = (key: string) =>
    guarded(async () => {
      await nullIfMissing(unlink(paths.object(key)));
      await nullIfMissing(unlink(paths.meta(key)));
    });
  const read: Storage['read'] = (key, range) =>
    guarded(async () => {
      const handle = await nullIfMissing(open(paths.object(key), constants.O_RDONLY));
      if (handle === null) return null;
      return createReadStream('', { fd: handle, ...range, highWaterMark: 256 * 1024 });
    });

  return {
    kind: 'disk',
    name: `disk:${root}`,
    maxUploadBytes: null,
    // Uploads that run are seen; the rest is for the moment between the check of a URL and its claim.
    grace: { expireMs: 5_000, eraseMs: 60_000 },
    capabilities: async () => CAPABILITIES,
    signUpload: async ({ key, size, type, sha256, expiresInSeconds }) => ({
      url: signIngest(options, {
        purpose: INGEST_PURPOSE,
        key,
        params: { size: String(size), type, ...(sha256 === undefined ? {} : { sha256 }) },
        expiresInSeconds,
      }),
      method: 'PUT',
      headers: { 'content-type': type },
    }),
    signPart: async ({ key, uploadId, number, size, sha256, expiresInSeconds }) => ({
      url: signIngest(options, {
        purpose: PART_PURPOSE,
        key,
        params: {
          upload: uploadId,
          part: String(number),
          size: String(size),
          ...(sha256 === undefined ? {} : { sha256 }),
        },
        expiresInSeconds,
      }),
      method: 'PUT',
      headers: {},
    }),
    signDownload: async () => null,
    head: (key) =>
      guarded(async () => {
        const file = await nullIfMissing(stat(paths.object(key), { bigint: true }));
        if (file === null) return null;
        const meta = await readMeta(paths.meta(key));
        const known = meta?.inode === String(file.ino) ? meta : null;
        const { type = null, sha256 = null } = known ?? {};
        return { size: Number(file.size), type, sha256 };
      }),
    read,
    put: ({ key, type, body }) =>
      guarded(async () => {
        await remove(key);
        await store(paths, { key, type, body: Readable.from([Buffer.from(body)]) });
      }),
    async copy({ from, to, type }) {
      const body = await read(from);
      if (body === null) throw slipwayError('not_found', 'There is no such object.');
      await guarded(async () => {
        await remove(to);
        await store(paths, { key: to, type, body });
      });
    },
    delete: remove,
    createMultipart: ({ key }) => guarded(() => createUpload(paths, key)),
    writePart: ({ uploadId, number, size, sha256, body }) =>
      guarded(() =>
        ingestPart(paths, {
          uploadId,
          number,
          size,
          sha256,
          body: Readable.from([Buffer.from(body)]),
        }),
      ),
    listParts: ({ uploadId }) => guarded(() => listParts(paths, uploadId)),
    completeMultipart: (input) => guarded(() => assemble(paths, input)),
    abortMultipart: ({ uploadId }) => guarded(() => removeUpload(paths, uploadId)),
    appendFiles: diskAppendFiles(paths),
    list: (after) => listObjects(paths, after),
    listMultiparts: () => listUploads(paths),
    isReceiving: (key) => guarded(() => isFresh(paths.claim(key))),
    tidy: () =>
      guarded(async () => {
        await mkdir(root, { recursive: true, mode: FOLDER_MODE });
        // A folder that was there before may be open to others. One that another user owns (a mounted
        // volume) is that user's to close.
        await chmod(root, FOLDER_MODE).catch(() => undefined);
        return removeLeftovers(paths);
      }),
    check: () =>
      guarded(async () => {
        await mkdir(paths.temporary, { recursive: true, mode: FOLDER_MODE });
        await access(paths.temporary, constants.W_OK);
      }),
  };
}

/** Whole, flushed and with its digest, or not at all. */
async function store(
  paths: DiskPaths,
  { key, type, body }: { key: string; type: string; body: Readable },
): Promise<void> {
  await mkdir(paths.temporary, { recursive: true, mode: FOLDER_MODE });
  const temporary = join(paths.temporary, randomToken(24));
  try {
    const limit = Number.POSITIVE_INFINITY;
    const { sha256 } = await writeStreamToFile(body, temporary, { limit, idleMs: IDLE_MS });
    await publish(paths, { key, type, sha256, temporary });
  } finally {
    await nullIfMissing(unlink(temporary));
  }
}

function signIngest(
  { signer, publicUrl }: { signer: UrlSigner; publicUrl: string },
  input: {
    purpose: string;
    key: string;
    params: Record<string, string>;
    expiresInSeconds: number;
  },
): string {
  const path = signer.sign({
    purpose: input.purpose,
    path: `/ingest/${input.key}`,
    params: input.params,
    expires: Math.floor(Date.now() / 1000) + input.expiresInSeconds,
  });
  return `${publicUrl}${path}`;
}
