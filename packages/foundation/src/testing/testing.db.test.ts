import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './index.ts';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('two test databases do not see each other, and a dropped one is gone', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(one.url, 'create table mark (id int)');
  expect(await query(one.url, `select to_regclass('mark') is not null as found`)).toEqual([
    { found: true },
  ]);
  expect(await query(other.url, `select to_regclass('mark') is not null as found`)).toEqual([
    { found: false },
  ]);
  await Promise.all([one.drop(), other.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toThrow(/does not exist/);
});
