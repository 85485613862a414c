import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';

/** No work takes this long: an older folder belongs to a worker that was killed. */
const ABANDONED_MS = 3_600_000;
const SWEEP_EVERY_MS = 600_000;

let sweptAt = 0;

/** Runs `work` with a folder of its own, which is gone afterwards, however it ends. */
export async function withWorkDir<T>(
  ctx: Context,
  name: string,
  work: (dir: string) => Promise<T>,
): Promise<T> {
  const { workDir } = ctx.engine;
  await mkdir(workDir, { recursive: true });
  await sweep(workDir);
  const dir = await mkdtemp(join(workDir, `${name}-`));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function sweep(workDir: string): Promise<void> {
  const now = Date.now();
  if (now - sweptAt < SWEEP_EVERY_MS) return;
  sweptAt = now;
  for (const entry of await readdir(workDir)) {
    const path = join(workDir, entry);
    const found = await stat(path).catch(() => null);
    if (found !== null && now - found.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
