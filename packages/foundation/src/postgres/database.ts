import pg from 'pg';

/** The same server and login, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

const DUPLICATE_DATABASE = '42P04';

/** Creates the database when it is missing; two callers at once are fine. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    const lostRace = error instanceof pg.DatabaseError && error.code === DUPLICATE_DATABASE;
    if (!lostRace) throw error;
  } finally {
    await client.end();
  }
}
