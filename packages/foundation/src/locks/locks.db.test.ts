import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../telemetry/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { createLocks, type HeldLock, type Locks } from './index.ts';

const log = createLogger({ service: 'test', level: 'silent' });

let database: TestDatabase;
let here: Locks;
let elsewhere: Locks;
const cleanUps: (() => Promise<unknown> | unknown)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  here = createLocks({ url: database.url, log });
  elsewhere = createLocks({ url: database.url, log });
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

afterAll(async () => {
  await here.close();
  await elsewhere.close();
  await database.drop();
});

async function held(work: Promise<HeldLock | null>): Promise<HeldLock> {
  const lock = await work;
  if (lock === null) throw new Error('expected the lock, it was not to be had');
  cleanUps.push(() => lock.release());
  return lock;
}

test('one holder at a time, in this process and in others, and each name for itself', async () => {
  const lock = await held(here.acquire('one'));
  expect(await here.acquire('one')).toBeNull();
  expect(await elsewhere.acquire('one')).toBeNull();
  await held(elsewhere.acquire('two'));
  await lock.release();
  await lock.release();
  await held(elsewhere.acquire('one'));
  expect(await here.acquire('one')).toBeNull();
});

test('of a hundred that try at once, here and elsewhere, one gets it', async () => {
  const attempts = Array.from({ length: 100 }, (_, index) =>
    (index % 2 === 0 ? here : elsewhere).acquire('crowd'),
  );
  const got = (await Promise.all(attempts)).filter((lock) => lock !== null);
  expect(got).toHaveLength(1);
  await got[0]?.release();
});

test('fifty that wait get it one after the other, and never two at once', async () => {
  let inside = 0;
  let most = 0;
  const work = async (locks: Locks) => {
    const lock = await held(locks.acquire('queue', { waitMs: 15_000 }));
    inside += 1;
    most = Math.max(most, inside);
    await sleep(2);
    inside -= 1;
    await lock.release();
  };
  await Promise.all(Array.from({ length: 50 }, (_, i) => work(i % 2 === 0 ? here : elsewhere)));
  expect(most).toBe(1);
});

test.each([
  ['here', () => here],
  ['elsewhere', () => elsewhere],
])('a holder %s is asked to let go, and the waiter has it soon after', async (_, from) => {
  const asked: number[] = [];
  const lock = await held(
    here.acquire('hand over', {
      onReleaseRequested: () => {
        asked.push(performance.now());
        void lock.release();
      },
    }),
  );
  const began = performance.now();
  await held(from().acquire('hand over', { waitMs: 10_000, ask: true }));
  expect(asked.length).toBeGreaterThan(0);
  // Far below the wait: it was told, and did not have to guess.
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a waiter that does not ask disturbs nobody, and hears when the lock is free', async () => {
  let asked = false;
  const lock = await held(
    here.acquire('quiet', {
      onReleaseRequested: () => {
        asked = true;
      },
    }),
  );
  expect(await elsewhere.acquire('quiet', { waitMs: 100 })).toBeNull();
  expect(await here.acquire('quiet', { waitMs: 100 })).toBeNull();
  const waiting = elsewhere.acquire('quiet', { waitMs: 10_000 });
  await sleep(50);
  await lock.release();
  await held(waiting);
  expect(asked).toBe(false);
});

async function startHolder(url: string): Promise<ChildProcess> {
  const code = `
    const { createLocks } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    const { createLogger } = await import(${JSON.stringify(new URL('../telemetry/index.ts', import.meta.url).href)});
    const log = createLogger({ service: 'test', level: 'silent' });
    await createLocks({ url: ${JSON.stringify(url)}, log }).acquire('killed');
    process.stdout.write('held');
    setInterval(() => undefined, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUps.push(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a process that is killed has no locks any more', async () => {
  const child = await startHolder(database.url);
  expect(await here.acquire('killed')).toBeNull();
  child.kill('SIGKILL');
  await held(here.acquire('killed', { waitMs: 5_000 }));
});

async function backends(): Promise<number[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'locks' and datname = current_database()`,
    );
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end();
  }
}

async function endBackends(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    for (const pid of await backends())
      await client.query('select pg_terminate_backend($1)', [pid]);
  } finally {
    await client.end();
  }
}

test('a lost connection is told to every holder, and the next lock makes a new one', async () => {
  const lock = await held(here.acquire('fenced'));
  await endBackends();
  await expect.poll(() => lock.signal.aborted).toBe(true);
  expect(lock.signal.reason).toMatchObject({ code: 'unavailable', status: 503 });
  // Others may have it at once; this process only when its own holder has stopped.
  const other = await held(elsewhere.acquire('fenced', { waitMs: 5_000 }));
  expect(await here.acquire('fenced')).toBeNull();
  await lock.release();
  expect(await here.acquire('fenced')).toBeNull();
  await other.release();
  const next = await held(here.acquire('fenced', { waitMs: 5_000 }));
  expect(next.signal.aborted).toBe(false);
  // The old holder’s release is over and done with: it does not free the new one’s lock.
  await lock.release();
  expect(await elsewhere.acquire('fenced')).toBeNull();
});

/** A way to the database that can go dead without closing anything, as a pulled cable does. */
async function startProxy(): Promise<{ url: string; goDead(): void }> {
  const target = new URL(database.url);
  const pairs: [Socket, Socket][] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    pairs.push([near, far]);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    server.close();
    for (const socket of pairs.flat()) socket.destroy();
  });
  const address = server.address();
  const url = new URL(database.url);
  url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
  return {
    url: url.href,
    goDead() {
      for (const [near, far] of pairs) {
        near.unpipe();
        far.unpipe();
      }
    },
  };
}

test('a connection that went dead counts as lost, though nothing closed it', async () => {
  const proxy = await startProxy();
  const far = createLocks({ url: proxy.url, log, patienceMs: 200 });
  cleanUps.push(() => far.close());
  const lock = await held(far.acquire('dead'));
  // Longer than its patience: a connection that answers is kept.
  await sleep(500);
  expect(lock.signal.aborted).toBe(false);
  proxy.goDead();
  await expect.poll(() => lock.signal.aborted, { timeout: 5_000 }).toBe(true);
});

test('without a database a lock is refused, and no waiting is for ever', async () => {
  const gone = createLocks({ url: 'postgres://nobody:none@127.0.0.1:1/none', log });
  await expect(gone.acquire('any')).rejects.toThrow(/ECONNREFUSED/);
  await expect(gone.acquire('any', { waitMs: 100 })).rejects.toThrow(/ECONNREFUSED/);
  await gone.close();
});
