import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type Database } from '../db/index.ts';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { defineJob, handleJob, type JobRun, type Queue, startQueue } from './index.ts';

const note = defineJob({ name: 'note', payload: z.object({ id: z.string() }), concurrency: 4 });
const flaky = defineJob({
  name: 'flaky',
  payload: z.object({ id: z.string() }),
  retryLimit: 2,
  retryDelay: 1,
});

const alone = defineJob({ name: 'alone', payload: z.object({ id: z.string() }), exclusive: true });

let database: TestDatabase;
let opened: Database;
let queue: Queue<{ job: string }>;
const noted: string[] = [];
const runs: JobRun[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const log = createLogger({ service: 'test', level: 'silent' });
  opened = createDatabase({ url: database.url, log, name: 'test' });
  queue = await startQueue<{ job: string }>({
    url: database.url,
    jobs: [note, flaky, alone],
    bindings: [
      handleJob(note, async () => async (_ctx, payload) => {
        noted.push(payload.id);
      }),
      handleJob(alone, async () => async (_ctx, payload) => {
        noted.push(`alone ${payload.id}`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }),
      handleJob(flaky, async () => async (_ctx, _payload, run) => {
        runs.push(run);
        if (!run.lastAttempt) throw new Error('not yet');
      }),
    ],
    log,
    metrics: createMetrics('test'),
  });
  await queue.work(({ name }) => ({ job: name }));
});

afterAll(async () => {
  await queue.stop();
  await opened.close();
  await database.drop();
});

test('a job exists if and only if its transaction commits', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(index));
  await Promise.all(
    ids.map((id) =>
      opened.db
        .transaction(async (tx) => {
          await queue.enqueue(tx, note, { payload: { id } });
          if (Number(id) % 2 === 1) throw new Error('rolled back');
        })
        .catch(() => undefined),
    ),
  );
  await expect.poll(() => noted.length, { timeout: 15_000 }).toBe(20);
  // Long enough for a job that should not exist to show itself.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(noted.map(Number).sort((a, b) => a - b)).toEqual(
    ids.map(Number).filter((id) => id % 2 === 0),
  );
});

test('a failing job is tried again, and its last attempt knows that it is the last', async () => {
  await queue.enqueue(opened.db, flaky, { payload: { id: 'x' } });
  await expect.poll(() => runs.length, { timeout: 18_000 }).toBe(3);
  expect(runs.map((run) => [run.attempt, run.lastAttempt])).toEqual([
    [0, false],
    [1, false],
    [2, true],
  ]);
});

test('a payload that does not fit is refused when it is enqueued', async () => {
  await expect(
    queue.enqueue(opened.db, note, { payload: { id: 7 } as unknown as { id: string } }),
  ).rejects.toThrow();
});

test('a paused queue takes no more jobs; what runs goes on', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const slow = defineJob({ name: 'slow', payload: z.object({ id: z.string() }) });
  const done: string[] = [];
  const started: string[] = [];
  const own = await startQueue<object>({
    url: database.url,
    jobs: [slow],
    bindings: [
      handleJob(slow, async () => async (_ctx, { id }) => {
        started.push(id);
        await new Promise((resolve) => setTimeout(resolve, 500));
        done.push(id);
      }),
    ],
    log,
    metrics: createMetrics('test'),
  });
  await own.work(() => ({}));
  await own.enqueue(opened.db, slow, { payload: { id: 'before' } });
  await expect.poll(() => started, { timeout: 10_000 }).toEqual(['before']);
  await own.pause();
  await own.enqueue(opened.db, slow, { payload: { id: 'after' } });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(started).toEqual(['before']);
  await own.stop();
  expect(done).toEqual(['before']);
});

test('a worker that is asking while the queue is paused is waited for', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const asked = defineJob({ name: 'asked', payload: z.object({ id: z.string() }) });
  const started: string[] = [];
  const own = await startQueue<object>({
    url: database.url,
    jobs: [asked],
    bindings: [
      handleJob(
        asked,
        async () =>
          async (_ctx, { id }) =>
            void started.push(id),
      ),
    ],
    log,
    metrics: createMetrics('test'),
  });
  let paused = false;
  const pausing = await opened.db.transaction(async (tx) => {
    await tx.execute(sql`lock table pgboss.job in share mode`);
    // They ask for a job as soon as they are there, and come to wait.
    await own.work(() => ({}));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const promise = own.pause().then(() => {
      paused = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(paused).toBe(false);
    return { promise };
  });
  await pausing.promise;
  await own.enqueue(opened.db, asked, { payload: { id: 'after' } });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(started).toEqual([]);
  await own.stop();
});

test('of a group so many run at once, however many wait; others pass them by, and all get their turn', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const shared = defineJob({
    ...{ name: 'shared', payload: z.object({ of: z.string() }) },
    ...{ concurrency: 5, perGroup: 2 },
  });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const done: string[] = [];
  let [running, most] = [0, 0];
  const own = await startQueue<object>({
    url: database.url,
    jobs: [shared],
    bindings: [
      handleJob(shared, async () => async (_ctx, { of }) => {
        if (of === 'slow') {
          running += 1;
          most = Math.max(most, running);
          await over;
          running -= 1;
        }
        done.push(of);
      }),
    ],
    log,
    metrics: createMetrics('test'),
  });
  try {
    const slow = Array.from({ length: 12 }, () => 'slow');
    await opened.db.transaction(async (tx) => {
      for (const of of [...slow, 'quick', 'other'])
        await own.enqueue(tx, shared, { payload: { of }, group: of });
    });
    await own.work(() => ({}));
    await expect.poll(() => done.toSorted()).toEqual(['other', 'quick']);
    end();
    await expect.poll(() => done.slice(2), { timeout: 30_000 }).toEqual(slow);
    expect(most).toBe(2);
  } finally {
    end();
    await own.stop();
  }
});

test('of an exclusive job one at a time waits or runs for each key, and again once it is done', async () => {
  const add = (id: string) => queue.enqueue(opened.db, alone, { payload: { id }, key: id });
  const seen = (id: string) => noted.filter((text) => text === `alone ${id}`).length;
  await Promise.all([add('a'), add('a'), add('a'), add('b')]);
  await expect.poll(() => [seen('a'), seen('b')], { timeout: 5_000 }).toEqual([1, 1]);
  await add('a');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = seen('a');
  await add('a');
  await expect.poll(() => seen('a'), { timeout: 5_000 }).toBe(before + 1);
});
