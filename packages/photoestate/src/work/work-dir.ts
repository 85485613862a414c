import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';

/** Runs `work` with a folder of its own, which is gone afterwards, however it ends. */
export async function withWorkDir<T>(
  ctx: Context,
  name: string,
  work: (dir: string) => Promise<T>,
): Promise<T> {
  await mkdir(ctx.engine.workDir, { recursive: true });
  const dir = await mkdtemp(join(ctx.engine.workDir, `${name}-`));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
