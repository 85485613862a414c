import { join } from 'node:path';
import { slipwayError } from '../../errors.ts';
import { isObjectKey } from '../storage.ts';

export interface DiskPaths {
  object(key: string): string;
  /** Beside the object: what was learned while it arrived. */
  meta(key: string): string;
  /** There while somebody sends this object. */
  claim(key: string): string;
  /** The folder of an upload in parts. */
  upload(uploadId: string): string;
  objects: string;
  uploads: string;
  temporary: string;
  claims: string;
}

const UPLOAD_ID = /^mpu_[0-9A-Za-z]{22}$/;

export function diskPaths(root: string): DiskPaths {
  const checked = (key: string) => {
    if (!isObjectKey(key)) throw slipwayError('not_found', 'There is no such object.');
    return key;
  };
  const objects = join(root, 'objects');
  const uploads = join(root, 'uploads');
  const object = (key: string) => join(objects, checked(key));
  const claims = join(root, 'claims');
  return {
    object,
    meta: (key) => `${object(key)}.meta`,
    // No key holds a `~`, so no two keys share a claim.
    claim: (key) => join(claims, checked(key).replace('/', '~')),
    upload(uploadId) {
      if (!UPLOAD_ID.test(uploadId)) throw slipwayError('not_found', 'There is no such upload.');
      return join(uploads, uploadId);
    },
    objects,
    uploads,
    temporary: join(root, 'temporary'),
    claims,
  };
}

/** Other users of the machine must not read uploads, wherever DATA_DIR is. */
export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Null when the file does not exist; every other problem is thrown. */
export async function nullIfMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
