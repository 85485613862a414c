import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { entryOf } from '../../../scripts/stack/entry.ts';
import { freePort } from '../../acceptance/free-port.ts';
import { type Death, type Guarded, startGuarded } from '../stack/guarded.ts';
import { plain, type Stack } from '../stack/stack.ts';

/** PhotoEstate Pro beside a Slipway that stays up: one process that answers, several that work. */
export interface Studio {
  readonly url: string;
  readonly workers: readonly Guarded[];
  query<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

interface StudioWish {
  readonly stack: Stack;
  readonly workers: number;
  readonly onDeath: (death: Death) => void;
}

export async function startStudio({ stack, workers, onDeath }: StudioWish): Promise<Studio> {
  const [front] = stack.fronts;
  if (front === undefined) throw new Error('expected a stack with a front');
  const folder = mkdtempSync(join(tmpdir(), 'faults-studio-'));
  const databaseUrl = await createDatabase(stack.database.url);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: databaseUrl,
    PHOTOESTATE_SECRET: randomBytes(32).toString('hex'),
    PHOTOESTATE_URL: url,
    SLIPWAY_URL: front.url,
    SLIPWAY_API_KEY: front.apiKey,
    ENGINE_CONCURRENCY: '1',
  };
  const start = (role: 'api' | 'worker', name: string, own: number) =>
    startGuarded({
      name,
      args: [entryOf('photoestate', 'main', 'production')],
      isReady: (line) => line.includes('"msg":"started"'),
      onDeath,
      env: () =>
        plain({
          ...env,
          DATA_DIR: join(folder, name),
          PHOTOESTATE_ROLE: role,
          PHOTOESTATE_PORT: String(own),
        }),
    });
  // The one that answers first: of several that make the tables at once all but one wait.
  const api = start('api', 'api', port);
  await api.ready();
  const ports = await Promise.all(Array.from({ length: workers }, freePort));
  const working = ports.map((own, index) => start('worker', `worker-${index}`, own));
  await Promise.all(working.map((one) => one.ready()));
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  return {
    url,
    workers: working,
    query: async <R>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as R[],
    async stop() {
      await pool.end();
      await Promise.all([api, ...working].map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One of its own on the same server. */
async function createDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create database photoestate');
  } finally {
    await client.end();
  }
  const own = new URL(url);
  own.pathname = '/photoestate';
  return own.href;
}
