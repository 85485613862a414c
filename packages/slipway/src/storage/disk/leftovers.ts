import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiskPaths, nullIfMissing } from './disk-paths.ts';

/** Living uploads touch their files every few seconds. */
const LEFT_BEHIND_MS = 3_600_000;

/** Removes temporary files and claims whose process ended before it could. */
export async function removeLeftovers(paths: DiskPaths): Promise<number> {
  let removed = 0;
  for (const folder of [paths.temporary, paths.claims]) {
    for (const name of (await nullIfMissing(readdir(folder))) ?? []) {
      const path = join(folder, name);
      const found = await nullIfMissing(stat(path));
      if (found === null || Date.now() - found.mtimeMs < LEFT_BEHIND_MS) continue;
      await nullIfMissing(unlink(path));
      removed += 1;
    }
  }
  return removed;
}
