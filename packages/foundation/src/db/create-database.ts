import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { Logger } from '../telemetry/index.ts';

export type Db = NodePgDatabase & { $client: Pool };
/** A transaction; verbs' helpers take this so that they cannot be called outside one. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  db: Db;
  pool: Pool;
  close(): Promise<void>;
}

/** Opens a pool. `max` connections are shared by all requests of this process. */
export function createDatabase(options: {
  url: string;
  max?: number;
  log: Logger;
  name: string;
}): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.max ?? 20,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
  });
  // Without a listener a connection dropped while idle would end the process.
  pool.on('error', (error) =>
    options.log.warn({ err: error }, 'an idle database connection was lost'),
  );
  // While it is lent out nobody else listens; whoever has it learns of it from the next query.
  pool.on('connect', (client) =>
    client.on('error', (error) =>
      options.log.warn({ err: error }, 'a database connection was lost'),
    ),
  );
  return { db: drizzle({ client: pool }), pool, close: () => pool.end() };
}
