import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@repo/foundation/postgres';

/** A durable Postgres that can be killed, and comes up again at the same address. */
export interface Database {
  readonly url: string;
  /** SIGKILL for the server, while it is at work; resolves when it is up again. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

export async function startDatabase(folder: string): Promise<Database> {
  const dataDir = join(folder, 'postgres');
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
  await server.ensureDatabase('slipway');
  const { port } = server;
  const cluster = join(realpathSync(dataDir), 'cluster');
  return {
    url: server.url('slipway'),
    async killAndRestart() {
      const [pid = ''] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await server.exited;
      // A second server beside the old one's last connections would ruin the data.
      await untilNobodyIsIn(cluster);
      server = await startEmbeddedPostgres({ dataDir, port });
    },
    stop: () => server.stop(),
  };
}

async function untilNobodyIsIn(cluster: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (!readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && folderOf(pid) === cluster)) return;
    await sleep(20);
  }
  throw new Error(`processes of the killed Postgres are still there after ${PATIENCE_MS} ms`);
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
