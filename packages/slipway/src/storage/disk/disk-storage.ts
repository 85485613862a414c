import { constants, createReadStream } from 'node:fs';
import { access, chmod, mkdir, open, stat, unlink } from 'node:fs/promises';
import type { Storage } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import type { UrlSigner } from '../url-signer.ts';
import { isFresh } from './claim.ts';
import { diskPaths, FOLDER_MODE, nullIfMissing } from './disk-paths.ts';
import { removeLeftovers } from './leftovers.ts';
import { readMeta } from './object-meta.ts';

export const INGEST_PURPOSE = 'ingest';

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageUnavailable(error);
  }
}

/**
 * Objects as files below `root`. Uploads come through Slipway's own `/ingest`
 * route (`ingest.ts`), by URLs that this signs.
 */
export function createDiskStorage(options: {
  root: string;
  publicUrl: string;
  signer: UrlSigner;
}): Storage {
  const { root, publicUrl, signer } = options;
  const paths = diskPaths(root);

  return {
    kind: 'disk',
    maxUploadBytes: null,
    // Uploads that run are seen; the rest is for the moment between the check of a URL and its claim.
    grace: { expireMs: 5_000, eraseMs: 60_000 },
    signUpload: async (input) => signIngest(signer, publicUrl, input),
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
    read: (key, range) =>
      guarded(async () => {
        const handle = await nullIfMissing(open(paths.object(key), constants.O_RDONLY));
        if (handle === null) return null;
        return createReadStream('', { fd: handle, ...range, highWaterMark: 256 * 1024 });
      }),
    delete: (key) =>
      guarded(async () => {
        await nullIfMissing(unlink(paths.object(key)));
        await nullIfMissing(unlink(paths.meta(key)));
      }),
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

const signIngest = (
  signer: UrlSigner,
  publicUrl: string,
  { key, size, type, sha256, expiresInSeconds }: Parameters<Storage['signUpload']>[0],
) => {
  const path = signer.sign({
    purpose: INGEST_PURPOSE,
    path: `/ingest/${key}`,
    params: { size: String(size), type, ...(sha256 === undefined ? {} : { sha256 }) },
    expires: Math.floor(Date.now() / 1000) + expiresInSeconds,
  });
  return {
    url: `${publicUrl}${path}`,
    method: 'PUT' as const,
    headers: { 'content-type': type },
  };
};
