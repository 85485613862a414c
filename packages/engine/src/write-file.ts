import { randomBytes } from 'node:crypto';
import { lstat, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file as a whole or not at all: under another name beside it first, then renamed. Whoever looks
 * at `path` meanwhile sees what was there before. A link stays one, to the new file, and a file keeps who
 * may read it. What is no file (a pipe, a terminal) cannot be replaced and is simply written to.
 */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  const target = await targetOf(path);
  if (target === null) await writeFile(path, data);
  else await replace(target, data);
}

type Target = {
  readonly path: string;
  /** Permissions of the file that is there. */
  readonly mode: number | null;
};

/** The file to put in place; null for what can only be written to. */
async function targetOf(path: string): Promise<Target | null> {
  // Where it is not missing but out of reach, opening a file beside it says so.
  const entry = await lstat(path).catch(() => null);
  if (entry === null) return { path, mode: null };
  if (!entry.isSymbolicLink()) return entry.isFile() ? { path, mode: entry.mode & 0o777 } : null;
  // A link may lead to what has no name (/dev/stdout to a pipe) or to what is yet to be made.
  const real = await realpath(path).catch(() => null);
  return real === null ? null : await targetOf(real);
}

async function replace({ path, mode }: Target, data: Uint8Array | string): Promise<void> {
  // Short, for `path` may be as long as names can be; not to be foretold, and never one that is there.
  const unfinished = join(dirname(path), `.${randomBytes(9).toString('base64url')}.part`);
  const file = await open(unfinished, 'wx', mode ?? 0o666);
  try {
    try {
      await file.writeFile(data);
      // What the process usually takes away from new files, this one had.
      if (mode !== null) await file.chmod(mode);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
