import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedObject } from '../storage.ts';
import { type DiskPaths, nullIfMissing } from './disk-paths.ts';

const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Bytewise by key: the slash sorts before every character that keys have. */
export async function* listObjects(
  paths: DiskPaths,
  after: string | undefined,
): AsyncGenerator<ListedObject> {
  for (const folder of await namesIn(paths.objects)) {
    // All of an earlier folder's keys come before.
    if (after !== undefined && byBytes(`${folder}/`, `${after.split('/', 1)[0] ?? ''}/`) < 0)
      continue;
    for (const name of await namesIn(join(paths.objects, folder))) {
      const key = `${folder}/${name}`;
      if (name.endsWith('.meta') || (after !== undefined && byBytes(key, after) <= 0)) continue;
      const found = await nullIfMissing(stat(join(paths.objects, folder, name)));
      if (found !== null) yield { key, size: found.size, modifiedAt: found.mtime };
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return ((await nullIfMissing(readdir(folder))) ?? []).sort(byBytes);
}
