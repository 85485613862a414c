import { Arena } from './arena.ts';
import { Pool } from './pool.ts';

/** Threads that were started before there was work, for one photo. */
let ready: { readonly threads: number; readonly pool: Pool } | null = null;

/** Starts the threads of the next photo now, with memory of their own as every photo has. */
export async function readyPool(threads: number): Promise<void> {
  const former = ready;
  ready = { threads, pool: await Pool.start(new Arena(), threads) };
  await former?.pool.stop();
}

/** Threads and memory for one photo, which nothing was done with yet. */
export async function takePool(threads: number): Promise<Pool> {
  const found = ready;
  ready = null;
  if (found?.threads === threads) return found.pool;
  await found?.pool.stop();
  return await Pool.start(new Arena(), threads);
}
