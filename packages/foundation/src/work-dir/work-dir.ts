import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../telemetry/index.ts';

/** No work takes this long: an older folder belongs to a worker that was killed. */
const ABANDONED_MS = 3_600_000;
const SWEEP_EVERY_MS = 600_000;

/** Runs `work` with a folder of its own below `workDir`, which is gone afterwards, however it ends. */
export async function withWorkDir<T>(
  workDir: string,
  name: string,
  work: (dir: string) => Promise<T>,
): Promise<T> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const dir = await mkdtemp(join(workDir, `${name}-`));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Removes what killed workers left, now and every ten minutes, also while nothing is to be done. */
export function keepWorkDirClean(workDir: string, log: Logger): () => void {
  const clean = () =>
    sweepWorkDir(workDir, Date.now()).catch((error: unknown) =>
      log.warn({ err: error }, 'leftover work folders could not be removed'),
    );
  void clean();
  const timer = setInterval(clean, SWEEP_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function sweepWorkDir(workDir: string, now: number): Promise<void> {
  // A process that does no work has no such folder.
  const entries = await readdir(workDir).catch(() => []);
  for (const entry of entries) {
    const path = join(workDir, entry);
    const found = await stat(path).catch(() => null);
    if (found !== null && now - found.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
