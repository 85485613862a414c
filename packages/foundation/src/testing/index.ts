import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { databaseUrl, ensureDatabase } from '../postgres/database.ts';

export { oddCursors } from './odd-cursors.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of the caller's own on the server that the test run started (project `db`).
 * One per test file keeps files independent, so they may run side by side.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) {
    throw new Error(
      'TEST_DATABASE_URL is not set: run this file as part of the vitest project "db" (*.db.test.ts).',
    );
  }
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ensureDatabase(server, name);
  return { url: databaseUrl(server, name), drop: () => dropDatabase(server, name) };
}

async function dropDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}
