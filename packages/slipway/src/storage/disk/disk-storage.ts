import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { slipwayError } from '../../errors.ts';
import { isObjectKey, type Storage } from '../storage.ts';
import type { UrlSigner } from '../url-signer.ts';

export const INGEST_PURPOSE = 'ingest';

export interface DiskPaths {
  object(key: string): string;
  /** Beside the object: what was learned while it arrived. */
  meta(key: string): string;
  temporary: string;
}

export interface ObjectMeta {
  type: string;
  sha256: string;
}

export function diskPaths(root: string): DiskPaths {
  const object = (key: string) => {
    if (!isObjectKey(key)) throw slipwayError('not_found', 'There is no such object.');
    return join(root, 'objects', key);
  };
  return { object, meta: (key) => `${object(key)}.meta`, temporary: join(root, 'temporary') };
}

/** Null when the file does not exist; every other problem is thrown. */
export async function nullIfMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
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
  const paths = diskPaths(options.root);

  return {
    kind: 'disk',
    async signUpload({ key, size, type, sha256, expiresInSeconds }) {
      const expires = Math.floor(Date.now() / 1000) + expiresInSeconds;
      const params = { size: String(size), type, ...(sha256 === undefined ? {} : { sha256 }) };
      const path = options.signer.sign({
        purpose: INGEST_PURPOSE,
        path: `/ingest/${key}`,
        params,
        expires,
      });
      return {
        url: `${options.publicUrl}${path}`,
        method: 'PUT',
        headers: { 'content-type': type },
      };
    },
    signDownload: async () => null,
    async head(key) {
      const file = await nullIfMissing(stat(paths.object(key)));
      if (file === null) return null;
      const meta = await nullIfMissing(readFile(paths.meta(key), 'utf8'));
      const known: ObjectMeta | null = meta === null ? null : JSON.parse(meta);
      return { size: file.size, type: known?.type ?? null, sha256: known?.sha256 ?? null };
    },
    async read(key, range) {
      const handle = await nullIfMissing(open(paths.object(key), constants.O_RDONLY));
      if (handle === null) return null;
      return createReadStream('', { fd: handle, ...range, highWaterMark: 256 * 1024 });
    },
    async delete(key) {
      await nullIfMissing(unlink(paths.object(key)));
      await nullIfMissing(unlink(paths.meta(key)));
    },
    async check() {
      await mkdir(paths.temporary, { recursive: true });
      await access(paths.temporary, constants.W_OK);
    },
  };
}
