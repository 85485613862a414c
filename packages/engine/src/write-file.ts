import { rename, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';

/**
 * Writes a file as a whole or not at all: under another name beside it first, then renamed. Whoever looks
 * at `path` meanwhile sees what was there before.
 */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await writeFile(unfinished, data);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
