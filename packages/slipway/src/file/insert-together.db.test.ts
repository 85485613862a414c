import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database, type Db } from '@repo/foundation/db';
import { AppError } from '@repo/foundation/errors';
import { eq, inArray, sql, TransactionRollbackError } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heldPlan } from '../plan/held-plan.ts';
import { lockProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { DEFAULT_RULES } from '../project/schema.ts';
import { project } from '../project/table.ts';
import { keyActor, startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { effectiveRules } from './effective-rules.ts';
import { insertRowsIn } from './insert-rows.ts';
import { insertTogether } from './insert-together.ts';
import { pendingRow, requestUpload } from './request-upload.ts';
import { RequestUpload } from './schema.ts';
import { file } from './table.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
/** The same database as another process would use it. */
let other: Database;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  other = openDatabase('other');
});

afterAll(async () => {
  await other.close();
  await slipway.close();
});

function openDatabase(name: string, options: { max?: number } = {}): Database {
  const { env, log } = slipway.runtime;
  return createDatabase({ url: env.DATABASE_URL, name, log, ...options });
}

/** Resolves when so many connections wait for another one's transaction. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await other.db.execute<{ waiting: string }>(
      sql`select count(*) as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (Number(rows[0]?.waiting) >= count) return;
    await sleep(5);
  }
}

/** That Postgres ended so far, those that these connections were part of included. */
async function deadlocks(connections: readonly Database[]): Promise<number> {
  for (const { db } of connections) await db.execute(sql`select pg_stat_force_next_flush()`);
  const { rows } = await other.db.execute<{ deadlocks: string }>(
    sql`select deadlocks from pg_stat_database where datname = current_database()`,
  );
  return Number(rows[0]?.deadlocks);
}

const upload = (change: Partial<RequestUpload> = {}): RequestUpload => ({
  name: 'a.png',
  size: 100,
  type: 'image/png',
  ...change,
});

/** A project, and what its API key's requests do: they know it already, so they run in one turn. */
async function newProject(rules: Partial<ProjectRules> = {}) {
  const { id } = await slipway.project(tenant, rules);
  const [row] = await tenant.ctx.db.select().from(project).where(eq(project.id, id));
  if (row === undefined) throw new Error('the project was made');
  const actor = keyActor(id);
  const announce = (change: Partial<RequestUpload> = {}, db: Db = tenant.ctx.db) =>
    requestUpload(
      { ...tenant.ctx, actor, project: row, plan: heldPlan('self_host'), db },
      { projectId: id, upload: upload(change) },
    );
  return { id, row, announce };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'added';
}

/** How many calls ended in which way. */
async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const codes = await Promise.all(calls.map(codeOf));
  return Object.fromEntries(
    [...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]),
  );
}

const expiresAt = new Date();
const PLAIN = RequestUpload.parse(upload());
const NO_RULES = effectiveRules(DEFAULT_RULES, {}, { now: new Date() });

const rowsOf = (projectId: string) =>
  tenant.ctx.db.select().from(file).where(eq(file.projectId, projectId));

const ODD = [
  {
    name: 'Küche 🛋 "x" {a,b}.png',
    metadata: { 'ключ "1"': 'a\nb\t\\', n: 1.5, t: true, no: null },
  },
  { name: "'; drop table file; --", metadata: { big: 9_007_199_254_740_991, small: 1e-7 } },
  { name: 'NULL', customId: 'null', metadata: {} },
  { name: 'x', size: 5 * 1024 ** 3 - 1, sha256: 'ab'.repeat(32), customId: '{"a":1}' },
];

test('files that are announced together each keep what was said of them', async () => {
  const { id, announce } = await newProject({ maxSize: 1024 ** 4 });
  const uploads = [
    ...ODD,
    ...Array.from({ length: 250 }, (_, index) => ({ name: `${index}.png`, size: index })),
  ].map(upload);
  const tickets = await Promise.all(uploads.map((one) => announce(one)));
  const rows = new Map((await rowsOf(id)).map((row) => [row.id, row]));
  expect(rows.size).toBe(uploads.length);
  for (const [index, { id: fileId, key, expiresAt }] of tickets.entries()) {
    expect(rows.get(fileId)).toMatchObject({
      sha256: null,
      customId: null,
      metadata: {},
      ...uploads[index],
      id: fileId,
      key,
      projectId: id,
      expiresAt: new Date(expiresAt),
      status: 'pending',
      scan: 'not_scanned',
      uploadKind: 'single',
      readyAt: null,
      sizeDeferred: false,
    });
    expect(Date.now() - Number(rows.get(fileId)?.createdAt)).toBeLessThan(60_000);
  }
});

test('files of several projects that are announced together share one transaction', async () => {
  const projects = await Promise.all(Array.from({ length: 4 }, () => newProject()));
  const tickets = await Promise.all(
    [...projects, ...projects, ...projects].map(({ announce }) => announce()),
  );
  const ids = tickets.map((ticket) => ticket.id);
  const rows = await tenant.ctx.db
    .select({ transaction: sql`xmin::text`, projectId: file.projectId })
    .from(file)
    .where(inArray(file.id, ids));
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map((row) => row.projectId))).toEqual(new Set(projects.map(({ id }) => id)));
  expect(new Set(rows.map((row) => row.transaction)).size).toBe(1);
});

test.each([
  ['without limits', {}],
  ['with limits', { maxFiles: 1000 }],
])('a taken customId refuses its own upload and no other: %s', async (_, rules) => {
  const { id, announce } = await newProject(rules);
  await announce({ customId: 'taken' });
  const ids = ['taken', 'twice', undefined, 'free', 'twice', 'taken', undefined, 'other'];
  expect(
    await outcomes(ids.map((customId) => announce(customId === undefined ? {} : { customId }))),
  ).toEqual({ added: 5, custom_id_taken: 3 });
  const kept = (await rowsOf(id)).map((row) => row.customId ?? '').sort();
  expect(kept).toEqual(['', '', 'free', 'other', 'taken', 'twice']);
});

test('two processes that announce the same ids in opposite order never wait for each other', async () => {
  const { row, announce } = await newProject();
  const ids = Array.from({ length: 30 }, (_, index) => `id ${index}`);
  const processes = [1, 2].map((one) => openDatabase(`process ${one}`, { max: 1 }));
  const [here, there] = processes.map(({ db }) => db);
  const before = await deadlocks(processes);
  const running: Promise<unknown>[] = [];
  // Holds both up in the middle, when each has added the half that the other is going to.
  await tenant.ctx.db
    .transaction(async (tx) => {
      const middle = pendingRow(
        {},
        {
          key: 'middle',
          project: row,
          expiresAt,
          upload: PLAIN,
          rules: NO_RULES,
        },
      );
      await insertRowsIn(tx, [{ ...middle, customId: 'id 15' }]);
      running.push(...ids.map((customId) => announce({ customId }, here)));
      running.push(...ids.toReversed().map((customId) => announce({ customId }, there)));
      await untilWaiting(2);
      tx.rollback();
    })
    .catch((error: unknown) => expect(error).toBeInstanceOf(TransactionRollbackError));
  expect(await outcomes(running)).toEqual({ added: 30, custom_id_taken: 30 });
  expect(await deadlocks(processes)).toBe(before);
  await Promise.all(processes.map((database) => database.close()));
});

test('a project that is gone fails its own uploads and no others', async () => {
  const [gone, there] = [await newProject(), await newProject()];
  await tenant.ctx.db.delete(project).where(eq(project.id, gone.id));
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? gone : there).announce()),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(await rowsOf(there.id)).toHaveLength(5);
});

test.each([
  ['without limits', {}],
  ['with limits', { maxFiles: 1000 }],
])('a row that Postgres cannot keep fails alone: %s', async (_, rules) => {
  const { id, row } = await newProject(rules);
  const names = ['a', 'b\0', 'c'];
  const results = await Promise.allSettled(
    names.map((name) => {
      const values = {
        ...pendingRow(
          {},
          {
            key: `${id}/${name.length}${name[0]}`,
            project: row,
            expiresAt,
            upload: PLAIN,
            rules: NO_RULES,
          },
        ),
        name,
      };
      return insertTogether(tenant.ctx.db)({
        project: row,
        values,
        plan: heldPlan('self_host'),
        now: new Date(),
      });
    }),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await rowsOf(id)).map(({ name }) => name).sort()).toEqual(['a', 'c']);
});

test.each([
  ['without limits', {}],
  ['with limits', { maxFiles: 1000 }],
])('uploads of one project do not wait for the lock of another: %s', async (_, rules) => {
  const [locked, free] = [await newProject(rules), await newProject(rules)];
  const ended: string[] = [];
  let waiting: Promise<unknown> = Promise.resolve();
  await tenant.ctx.db.transaction(async (tx) => {
    await lockProject(tx, locked.id);
    waiting = locked.announce().then(() => ended.push('locked'));
    await Promise.all([1, 2, 3].map(() => free.announce().then(() => ended.push('free'))));
    expect(ended).toEqual(['free', 'free', 'free']);
  });
  await waiting;
  expect(ended.at(-1)).toBe('locked');
});

test('a customId that somebody is about to take is waited for by whoever wants it, and nobody else', async () => {
  const [one, another] = [await newProject(), await newProject()];
  const ended: string[] = [];
  const note = (name: string) => () => ended.push(name);
  let waiting: Promise<unknown> = Promise.resolve();
  await tenant.ctx.db.transaction(async (tx) => {
    const row = pendingRow(
      {},
      {
        key: one.id,
        project: one.row,
        expiresAt,
        upload: PLAIN,
        rules: NO_RULES,
      },
    );
    await insertRowsIn(tx, [{ ...row, customId: 'held' }]);
    waiting = codeOf(one.announce({ customId: 'held' })).then(note('held'));
    await Promise.all([
      one.announce().then(note('plain')),
      another.announce().then(note('plain')),
      another.announce({ customId: 'held' }).then(note('of another project')),
    ]);
    expect(ended.sort()).toEqual(['of another project', 'plain', 'plain']);
  });
  await waiting;
  expect(ended.at(-1)).toBe('held');
});

test('a limit holds to the file though two processes announce at once', async () => {
  const { id, announce } = await newProject({ maxFiles: 47 });
  const calls: Promise<unknown>[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    for (let index = 0; index < 20; index += 1) {
      calls.push(announce({}, index % 2 === 0 ? tenant.ctx.db : other.db));
    }
    await nextTurn();
  }
  expect(await outcomes(calls)).toEqual({ added: 47, file_limit_reached: 73 });
  expect(await rowsOf(id)).toHaveLength(47);
});

test('a limit of bytes holds to the byte, and a smaller file may still fit', async () => {
  const { id, announce } = await newProject({ maxTotalSize: 1000 });
  const sizes = [400, 400, 300, 150, 60, 50, 1, 0];
  expect(await Promise.all(sizes.map((size) => codeOf(announce({ size }))))).toEqual([
    'added',
    'added',
    'storage_limit_reached',
    'added',
    'storage_limit_reached',
    'added',
    'storage_limit_reached',
    'added',
  ]);
  expect((await rowsOf(id)).reduce((bytes, row) => bytes + row.size, 0)).toBe(1000);
});

test('a refusal counts what others of the same turn took', async () => {
  const { announce } = await newProject({ maxFiles: 2 });
  const results = await Promise.allSettled([1, 2, 3].map(() => announce()));
  expect(results[2]).toMatchObject({
    reason: {
      code: 'file_limit_reached',
      message: 'This project holds up to 2 files and has 2.',
      details: { rule: 'maxFiles', expected: 2, received: 3 },
    },
  });
});
