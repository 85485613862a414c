import { readFile, rename, writeFile } from 'node:fs/promises';
import { FILE_MODE, nullIfMissing } from './disk-paths.ts';

/** What was learned of an object while it arrived. */
export interface ObjectMeta {
  type: string;
  sha256: string;
  /** Of the object's file: what was learned of another file is never believed. */
  inode: string;
}

export async function writeMeta(
  meta: ObjectMeta,
  to: { temporary: string; path: string },
): Promise<void> {
  await writeFile(to.temporary, JSON.stringify(meta), { flush: true, mode: FILE_MODE });
  await rename(to.temporary, to.path);
}

/** Null when there is none, or one that cannot be read: then the object itself is asked. */
export async function readMeta(path: string): Promise<ObjectMeta | null> {
  const text = await nullIfMissing(readFile(path, 'utf8'));
  if (text === null) return null;
  try {
    const found: unknown = JSON.parse(text);
    return isMeta(found) ? found : null;
  } catch {
    return null;
  }
}

function isMeta(value: unknown): value is ObjectMeta {
  if (typeof value !== 'object' || value === null) return false;
  return ['type', 'sha256', 'inode'].every((name) => typeof Reflect.get(value, name) === 'string');
}
