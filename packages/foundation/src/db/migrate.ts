import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any number will do as long as every process of the product uses the same. */
const MIGRATION_LOCK = 7_105_113;

/**
 * Brings the schema to its newest state. One process holds an advisory lock
 * while the others wait, so any number may start at once.
 */
export async function migrateDatabase(options: { url: string; folder: string }): Promise<void> {
  const client = new Client({ connectionString: options.url, application_name: 'migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: options.folder });
  } finally {
    await client.end();
  }
}
