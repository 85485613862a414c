import { join } from 'node:path';
import {
  databaseUrl,
  EmbeddedPostgresError,
  ensureDatabase,
  startEmbeddedPostgres,
} from '@repo/foundation/postgres';
import pg from 'pg';
import { Refusal, reasonOf } from './refusal.ts';
import type { Settings } from './settings.ts';

export interface Database {
  readonly embedded: boolean;
  /** Resolves when an embedded server is gone, wanted or not; never for one of somebody else. */
  readonly gone: Promise<void>;
  url(name: string): string;
  stop(): Promise<void>;
}

const PRODUCTS = ['slipway', 'photoestate'] as const;
const OLDEST_VERSION = 15;

export async function openDatabase(
  settings: Settings,
  log: (line: string) => void,
): Promise<Database> {
  if (settings.databaseUrl) return openExternal(settings.databaseUrl);
  try {
    const server = await startEmbeddedPostgres({
      dataDir: join(settings.dataDir, 'postgres'),
      log,
    });
    for (const name of PRODUCTS) await server.ensureDatabase(name);
    return { embedded: true, gone: server.exited, url: server.url, stop: server.stop };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new Refusal(error.message);
    throw new Refusal(`The embedded database does not work: ${reasonOf(error)}`);
  }
}

async function openExternal(serverUrl: string): Promise<Database> {
  try {
    await requireVersion(serverUrl);
    for (const name of PRODUCTS) await ensureDatabase(serverUrl, name);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`The Postgres at DATABASE_URL cannot be used: ${reasonOf(error)}`);
  }
  return {
    embedded: false,
    gone: new Promise(() => undefined),
    url: (name) => databaseUrl(serverUrl, name),
    stop: async () => undefined,
  };
}

async function requireVersion(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
    if (major < OLDEST_VERSION) {
      throw new Refusal(
        `DATABASE_URL needs Postgres ${OLDEST_VERSION} or newer, this is ${major}.`,
      );
    }
  } finally {
    await client.end();
  }
}
