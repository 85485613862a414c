import { createDatabase, type Db, migrateDatabase } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { organization } from '@repo/foundation/organization';
import { createLogger } from '@repo/foundation/telemetry';
import { createTestDatabase, type TestDatabase } from '@repo/foundation/testing';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIGRATIONS } from '../migrations.ts';
import { ledgerSums } from '../testing/ledger.ts';
import { grantCredits } from './grant.ts';
import { lockBalance } from './internal.ts';
import { CREDIT_PLANS, RETURNED_AT_MOST_DAYS, RETURNED_DAYS } from './plans.ts';
import { releaseCredits } from './release.ts';
import { reserveCredits } from './reserve.ts';
import { settleCredits } from './settle.ts';
import { creditEntry } from './table.ts';

let database: TestDatabase;
/** As two processes have them: a pool each. */
let pools: ReturnType<typeof createDatabase>[];
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateDatabase({ url: database.url, folder: MIGRATIONS });
  const log = createLogger({ service: 'test', level: 'silent' });
  pools = [1, 2].map((n) => createDatabase({ url: database.url, name: `test-${n}`, log }));
  db = pools[0]?.db as Db;
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await database.drop();
});

const START = CREDIT_PLANS.trial.credits;
const DAY = 86_400_000;

async function newOrganization(): Promise<string> {
  const id = newId('org');
  await db.insert(organization).values({ id, name: 'A studio' });
  return id;
}

const at = (day: number) => ({ now: () => new Date(Date.UTC(2027, 0, 1) + day * DAY) });

function reserve(
  organizationId: string,
  {
    reference,
    credits = 1,
    day = 0,
    of = db,
  }: {
    reference: string;
    credits?: number;
    day?: number;
    of?: Db;
  },
): Promise<void> {
  const items = [{ reference, sceneId: null, credits }];
  return of.transaction((tx) =>
    reserveCredits(tx, at(day), { organizationId, userId: 'usr_a', listingId: null, items }),
  );
}

async function grant(
  organizationId: string,
  { reference, credits, until }: { reference: string; credits: number; until: number | null },
): Promise<boolean> {
  const expiresAt = until === null ? null : at(until).now();
  return db.transaction((tx) =>
    grantCredits(tx, at(0), {
      ...{ organizationId, credits, expiresAt, reference },
      userId: 'usr_admin',
      note: null,
    }),
  );
}

const settle = (organizationId: string, reference: string, day = 0) =>
  db.transaction((tx) => settleCredits(tx, at(day), { organizationId, reference }));
const release = (organizationId: string, reference: string, day = 0) =>
  db.transaction((tx) => releaseCredits(tx, at(day), { organizationId, reference }));
const balance = (organizationId: string, day = 0) =>
  db.transaction((tx) => lockBalance(tx, at(day), organizationId));

test('two hundred debits of a hundred credits at once give exactly a hundred successes', async () => {
  const organizationId = await newOrganization();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, (_, n) =>
      reserve(organizationId, { reference: `scene-${n}`, of: pools[n % 2]?.db ?? db }),
    ),
  );
  const failed = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(outcomes.length - failed.length).toBe(START);
  for (const reason of failed) {
    expect(reason).toMatchObject({
      code: 'insufficient_credits',
      status: 402,
      details: { needed: 1, available: 0 },
    });
  }
  expect(await ledgerSums(db, organizationId)).toEqual({
    ...{ available: 0, reserved: 100, sumAvailable: 0, sumReserved: 100 },
    remaining: 0,
  });
});

test('the same thing at the same moment from two processes happens once', async () => {
  const organizationId = await newOrganization();
  const twice = (work: (of: Db) => Promise<unknown>) =>
    Promise.all(Array.from({ length: 8 }, (_, n) => work(pools[n % 2]?.db ?? db)));
  const of = { organizationId, reference: 'one' };
  await twice((each) => reserve(organizationId, { reference: 'one', of: each }));
  expect(await balance(organizationId)).toEqual({ available: START - 1, reserved: 1 });
  await twice((each) => each.transaction((tx) => settleCredits(tx, at(0), of)));
  expect(await balance(organizationId)).toEqual({ available: START - 1, reserved: 0 });
  await twice((each) => each.transaction((tx) => releaseCredits(tx, at(0), of)));
  expect(await balance(organizationId)).toEqual({ available: START, reserved: 0 });
  await twice(() => grant(organizationId, { reference: 'order 7', credits: 5, until: null }));
  expect(await balance(organizationId)).toEqual({ available: START + 5, reserved: 0 });
});

test('what is released cannot be settled, and nothing is settled that was not reserved', async () => {
  const organizationId = await newOrganization();
  await reserve(organizationId, { reference: 'one' });
  await release(organizationId, 'one');
  await expect(settle(organizationId, 'one')).rejects.toThrow('given back already');
  await expect(settle(organizationId, 'two')).rejects.toThrow('Nothing was reserved');
  await expect(release(organizationId, 'two')).rejects.toThrow('Nothing was reserved');
  expect(await balance(organizationId)).toEqual({ available: START, reserved: 0 });
});

test('credits that expire first are spent first, and expired ones never', async () => {
  const organizationId = await newOrganization();
  await grant(organizationId, { reference: 'late', credits: 3, until: 30 });
  await grant(organizationId, { reference: 'soon', credits: 3, until: 10 });
  await reserve(organizationId, { reference: 'one', credits: 4 });
  // 3 of those until day 10 are gone, and 1 of those until day 30.
  expect(await balance(organizationId, 11)).toEqual({ available: START + 2, reserved: 4 });
  expect(await balance(organizationId, 31)).toEqual({ available: START, reserved: 4 });
  const more = reserve(organizationId, { reference: 'two', credits: START + 1, day: 31 });
  await expect(more).rejects.toMatchObject({ code: 'insufficient_credits' });
});

test('what comes back after its grant expired can be used for some days', async () => {
  const organizationId = await newOrganization();
  await grant(organizationId, { reference: 'soon', credits: 3, until: 10 });
  await reserve(organizationId, { reference: 'one', credits: 2 });
  await release(organizationId, 'one', 12);
  const last = 12 + RETURNED_DAYS;
  expect((await balance(organizationId, last - 1)).available).toBe(START + 2);
  expect((await balance(organizationId, last)).available).toBe(START);
  const { available, sumAvailable, remaining } = await ledgerSums(db, organizationId);
  expect([available, sumAvailable, remaining]).toEqual([START, START, START]);
});

test('starting and giving up again and again does not keep credits for ever', async () => {
  const organizationId = await newOrganization();
  await grant(organizationId, { reference: 'soon', credits: 3, until: 10 });
  const over = 10 + RETURNED_AT_MOST_DAYS;
  // Each time just before what came back expires.
  let day = 9;
  for (let round = 0; (await balance(organizationId, day)).available > START; round += 1) {
    const items = [`${round}a`, `${round}b`];
    for (const reference of items) await reserve(organizationId, { reference, day });
    day += RETURNED_DAYS - 1;
    for (const reference of items) await release(organizationId, reference, day);
    expect(day).toBeLessThan(over + RETURNED_DAYS);
  }
  expect(day).toBeGreaterThanOrEqual(over);
  expect(await balance(organizationId, day)).toEqual({ available: START, reserved: 0 });
  const { available, sumAvailable, remaining } = await ledgerSums(db, organizationId);
  expect([available, sumAvailable, remaining]).toEqual([START, START, START]);
});

test('an installation says what organizations begin with, once', async () => {
  const organizationId = await newOrganization();
  const begin = (startingCredits: number) =>
    db.transaction((tx) => lockBalance(tx, { ...at(0), startingCredits }, organizationId));
  expect(await begin(7)).toEqual({ available: 7, reserved: 0 });
  expect(await begin(9)).toEqual({ available: 7, reserved: 0 });
});

test('all of a batch is reserved, or nothing', async () => {
  const organizationId = await newOrganization();
  const items = Array.from({ length: START + 1 }, (_, n) => ({
    reference: `scene-${n}`,
    sceneId: null,
    credits: 1,
  }));
  const input = { organizationId, userId: 'usr_a', listingId: null, items };
  const whole = db.transaction((tx) => reserveCredits(tx, at(0), input));
  await expect(whole).rejects.toThrow('This needs 101 credits, and there are 100 left.');
  expect(await balance(organizationId)).toEqual({ available: START, reserved: 0 });
});

test('the database itself keeps the ledger as it is and the balance above zero', async () => {
  const organizationId = await newOrganization();
  await reserve(organizationId, { reference: 'one' });
  const own = eq(creditEntry.organizationId, organizationId);
  const refused = {
    cause: expect.objectContaining({ message: expect.stringContaining('only ever added') }),
  };
  await expect(db.update(creditEntry).set({ credits: -9 }).where(own)).rejects.toMatchObject(
    refused,
  );
  await expect(db.delete(creditEntry).where(own)).rejects.toMatchObject(refused);
  const overdrawn = db.execute(
    sql`update credit_balance set available = -1 where organization_id = ${organizationId}`,
  );
  await expect(overdrawn).rejects.toMatchObject({
    cause: expect.objectContaining({ constraint: 'credit_balance_never_below_zero' }),
  });
});
