import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from '../db/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { createPubSub, type PubSub } from './index.ts';

let database: TestDatabase;
let opened: Database;
let here: PubSub;
let elsewhere: PubSub;

beforeAll(async () => {
  database = await createTestDatabase();
  const log = createLogger({ service: 'test', level: 'silent' });
  opened = createDatabase({ url: database.url, log, name: 'test' });
  here = createPubSub({ url: database.url, log });
  elsewhere = createPubSub({ url: database.url, log });
});

afterAll(async () => {
  await here.close();
  await elsewhere.close();
  await opened.close();
  await database.drop();
});

test('a message reaches every process that listens to its topic, and no other topic', async () => {
  const got: [string, unknown][] = [];
  here.subscribe('listing:1', (message) => got.push(['here', message]));
  elsewhere.subscribe('listing:1', (message) => got.push(['elsewhere', message]));
  elsewhere.subscribe('listing:2', (message) => got.push(['wrong', message]));
  await expect
    .poll(async () => {
      got.length = 0;
      await here.publish(opened.db, 'listing:1', { step: 'merge', text: 'äö\n\'"' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      return got.map(([who]) => who).sort();
    })
    .toEqual(['elsewhere', 'here']);
  expect(got[0]?.[1]).toEqual({ step: 'merge', text: 'äö\n\'"' });
});

test('a transaction that rolls back says nothing, and an ended subscription hears nothing', async () => {
  const got: unknown[] = [];
  const stop = here.subscribe('listing:3', (message) => got.push(message));
  await opened.db
    .transaction(async (tx) => {
      await here.publish(tx, 'listing:3', 'rolled back');
      throw new Error('no');
    })
    .catch(() => undefined);
  await here.publish(opened.db, 'listing:3', 'committed');
  await expect.poll(() => got).toEqual(['committed']);
  stop();
  await here.publish(opened.db, 'listing:3', 'too late');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(got).toEqual(['committed']);
});

test('after losing its connection again and again it listens once, and hears each message once', async () => {
  const listening = async () => {
    const { rows } = await opened.db.execute(
      sql`select pid from pg_stat_activity where application_name = 'pubsub' and datname = current_database()`,
    );
    return rows.map((row) => Number(row['pid']));
  };
  const got: unknown[] = [];
  here.subscribe('listing:4', (message) => got.push(message));
  for (let round = 0; round < 3; round += 1) {
    await expect.poll(async () => (await listening()).length, { timeout: 5000 }).toBe(2);
    for (const pid of await listening())
      await opened.db.execute(sql`select pg_terminate_backend(${pid})`);
    await expect.poll(async () => (await listening()).length, { timeout: 5000 }).toBe(0);
  }
  await expect.poll(async () => (await listening()).length, { timeout: 5000 }).toBe(2);
  // Longer than the pause before a reconnect: a second, stray one would show itself.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await listening()).toHaveLength(2);
  await here.publish(opened.db, 'listing:4', 'once');
  await expect.poll(() => got).toEqual(['once']);
});
