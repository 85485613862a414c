import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@repo/foundation/postgres';
import pg from 'pg';
import { bundleServer } from '../scripts/stack/bundle.ts';
import { runTool } from '../scripts/stack/child.ts';
import { entryOf } from '../scripts/stack/entry.ts';
import { tryLock } from '../scripts/stack/lock.ts';
import { root } from '../scripts/stack/root.ts';
import { sourceHash } from '../scripts/stack/source-hash.ts';
import { plainEnv, type ServerProcess, startServer } from './child-process.ts';
import { parentOf } from './machine/proc.ts';

export interface Stack {
  /** On the disk that is measured; gone afterwards. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly postmaster: number | undefined;
  readonly projectId: string;
  readonly apiKey: string;
  /** A project with a member, for what is asked by the dashboard. */
  readonly demo: Demo;
  readonly signal: AbortSignal;
  startSlipway(): Promise<Slipway>;
  close(): Promise<void>;
}

interface Demo {
  readonly projectId: string;
  readonly apiKey: string;
  readonly email: string;
  readonly password: string;
}

export interface Slipway extends ServerProcess {
  readonly url: string;
  /** Where its disk storage keeps objects. */
  readonly objects: string;
}

/** A durable Postgres with a project in it, for servers of the role `api`. */
export async function openStack(folder: string, signal: AbortSignal): Promise<Stack> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  try {
    await postgres.ensureDatabase('slipway');
    const databaseUrl = postgres.url('slipway');
    const env = plainEnv({
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(folder, 'data'),
      SLIPWAY_SECRET: randomBytes(32).toString('hex'),
      SLIPWAY_ROLE: 'api',
    });
    return {
      folder,
      databaseUrl,
      signal,
      postmaster: await postmasterOf(databaseUrl),
      ...(await seed(env, signal)),
      startSlipway: () => startSlipway(env, signal),
      close: postgres.stop,
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function startSlipway(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Slipway> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name: 'Slipway',
    args: [entryOf('slipway', 'main', 'production')],
    env: { ...env, SLIPWAY_PORT: String(port), SLIPWAY_URL: url },
    isReady: (line) => line.includes('"msg":"started"'),
    signal,
  });
  return { ...server, url, objects: join(String(env['DATA_DIR']), 'files', 'objects') };
}

async function seed(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Pick<Stack, 'projectId' | 'apiKey' | 'demo'>> {
  const args = [entryOf('slipway', 'seed', 'production')];
  const newKey = () => `sk_live_${randomBytes(16).toString('hex')}`;
  const [apiKey, demoKey, password] = [newKey(), newKey(), randomBytes(16).toString('hex')];
  const wish = {
    SLIPWAY_API_KEY: apiKey,
    SEED_DEMO_API_KEY: demoKey,
    SEED_DEMO_PASSWORD: password,
  };
  const { code, out, err } = await runTool({ args, env: { ...env, ...wish } }, signal);
  if (code !== 0) throw new Error(`seeding failed:\n${err.join('\n')}`);
  const seeded: {
    photoestate: { projectId: string };
    demo: { projectId: string; email: string };
  } = JSON.parse(out.at(-1) ?? '');
  const demo = { ...seeded.demo, apiKey: demoKey, password };
  return { projectId: seeded.photoestate.projectId, apiKey, demo };
}

/** The parent of any connection's process. */
async function postmasterOf(databaseUrl: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0] && parentOf(rows[0].pid);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The server's bundle alone, when it is missing or its sources changed; pages are not measured. */
export async function buildServer(
  signal: AbortSignal,
  product: 'slipway' | 'photoestate' = 'slipway',
): Promise<void> {
  const app = join(root, 'apps', product);
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  for (;;) {
    const attempt = tryLock(join(cache, `build-${product}.lock`));
    if (!attempt.held) {
      await sleep(500, undefined, { signal });
      continue;
    }
    try {
      const hash = sourceHash(product);
      // Whoever bundles wipes `dist`, so a stamp that is there speaks of what lies beside it.
      const ours = join(app, 'dist', 'source-hash');
      const startsOwn = join(app, '.next', 'source-hash');
      const stamp = existsSync(ours) ? ours : startsOwn;
      const whole = existsSync(join(root, entryOf(product, 'main', 'production')));
      if (whole && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
      console.log('Bundling the server …');
      // Pages of other sources must not be taken for the ones that belong to this server.
      rmSync(startsOwn, { force: true });
      await bundleServer(product);
      writeFileSync(ours, hash);
      return;
    } finally {
      attempt.lock.release();
    }
  }
}
