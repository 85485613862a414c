import { afterAll, expect, test } from 'vitest';
import { createDatabase } from '../db/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { takeAll } from './take-all.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const { db, close } = createDatabase({
  url: 'postgres://nobody@127.0.0.1:1/none',
  name: 'test',
  log,
});
afterAll(close);

const wish = { budget: { policy: 'test', key: 'key', quota: 1, windowSeconds: 60 }, wanted: 1 };

test('work goes on while the database does not answer', async () => {
  expect(await takeAll({ db, log }, wish)).toBeNull();
});

test('a mistake in asking grants nothing', async () => {
  const { $client: _, ...noPool } = { ...db };
  await expect(takeAll({ db: noPool as unknown as typeof db, log }, wish)).rejects.toThrow(
    TypeError,
  );
});
