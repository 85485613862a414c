import { newId } from '@repo/foundation/ids';
import { organization } from '@repo/foundation/organization';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgerSums } from '../testing/ledger.ts';
import { createWorld, type World } from '../testing/world.ts';
import { expireCredits } from './expire.ts';
import { grantCredits } from './grant.ts';
import { lockBalance } from './internal.ts';
import { CREDIT_PLANS, RETURNED_AT_MOST_DAYS, RETURNED_DAYS } from './plans.ts';
import { releaseCredits } from './release.ts';
import { reserveCredits } from './reserve.ts';
import { settleCredits } from './settle.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const DAY = 86_400_000;

interface ModelGrant {
  left: number;
  /** Day; infinite for never. */
  until: number;
  /** Day after which nothing that comes back can be used; undefined until something came back late. */
  over?: number;
}
interface ModelHold {
  parts: { grant: ModelGrant; credits: number }[];
  settled: boolean;
  released: boolean;
}
/** Credits as anybody would keep them on paper. */
interface Model {
  day: number;
  grants: ModelGrant[];
  granted: Set<string>;
  holds: Map<string, ModelHold>;
}
interface Real {
  organizationId: string;
  now: () => Date;
}

const available = ({ grants, day }: Model) =>
  grants.reduce((sum, { left, until }) => sum + (until > day ? left : 0), 0);
const sizeOf = ({ parts }: ModelHold) => parts.reduce((sum, { credits }) => sum + credits, 0);

interface StepOf {
  name: string;
  /** False when it is to be refused, or was done before. */
  on(model: Model): boolean;
  to(real: Real): Promise<unknown>;
}

/** Runs the same on both, and compares: the outcome, the balance, and the ledger with it. */
function step({ name, on, to }: StepOf): fc.AsyncCommand<Model, Real> {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      const expected = on(model);
      real.now = () => new Date(Date.UTC(2027, 0, 1) + model.day * DAY);
      const came = await to(real).then(
        (answer) => answer !== false,
        (error: { code?: string }) => {
          if (error.code !== 'insufficient_credits' && error.code !== 'internal') throw error;
          return false;
        },
      );
      expect(came).toBe(expected);
      await compare(model, real);
    },
  };
}

async function compare(model: Model, real: Real): Promise<void> {
  const { db } = world.system;
  const told = await db.transaction((tx) => lockBalance(tx, real, real.organizationId));
  const held = [...model.holds.values()].filter(({ settled, released }) => !settled && !released);
  const reserved = held.reduce((sum, hold) => sum + sizeOf(hold), 0);
  expect(told).toEqual({ available: available(model), reserved });
  expect(await ledgerSums(db, real.organizationId)).toEqual({
    ...told,
    sumAvailable: told.available,
    sumReserved: told.reserved,
    remaining: told.available,
  });
}

function grant(reference: string, credits: number, days: number | null) {
  return step({
    name: `grant ${reference}: ${credits} for ${days} days`,
    on(model) {
      if (model.granted.has(reference)) return false;
      model.granted.add(reference);
      const until = days === null ? Infinity : model.day + days;
      model.grants.push({ left: credits, until });
      return true;
    },
    to({ organizationId, now }) {
      const expiresAt = days === null ? null : new Date(now().getTime() + days * DAY);
      const input = { organizationId, reference, credits, expiresAt, userId: 'usr_a', note: null };
      return world.system.db.transaction((tx) => grantCredits(tx, { now }, input));
    },
  });
}

function reserve(reference: string, credits: number) {
  return step({
    name: `reserve ${reference}: ${credits}`,
    on(model) {
      if (model.holds.has(reference)) return true;
      if (available(model) < credits) return false;
      const parts: ModelHold['parts'] = [];
      const open = model.grants.filter(({ until }) => until > model.day);
      for (let missing = credits; missing > 0; missing--) {
        const first = open.filter(({ left }) => left > 0).sort((a, b) => a.until - b.until)[0];
        if (first === undefined) throw new Error('the model lost count');
        first.left -= 1;
        parts.push({ grant: first, credits: 1 });
      }
      model.holds.set(reference, { parts, settled: false, released: false });
      return true;
    },
    to({ organizationId, now }) {
      const items = [{ reference, credits, sceneId: null }];
      const input = { organizationId, userId: 'usr_a', listingId: null, items };
      return world.system.db.transaction((tx) => reserveCredits(tx, { now }, input));
    },
  });
}

function settle(reference: string) {
  return step({
    name: `settle ${reference}`,
    on({ holds }) {
      const hold = holds.get(reference);
      if (hold === undefined || (hold.released && !hold.settled)) return false;
      hold.settled = true;
      return true;
    },
    to: ({ organizationId, now }) =>
      world.system.db.transaction((tx) =>
        settleCredits(tx, { now }, { organizationId, reference }),
      ),
  });
}

function release(reference: string) {
  return step({
    name: `release ${reference}`,
    on({ holds, day }) {
      const hold = holds.get(reference);
      if (hold === undefined) return false;
      if (hold.released) return true;
      hold.released = true;
      for (const { grant: from, credits } of hold.parts) {
        if (from.until <= day) {
          const over = from.over ?? from.until + RETURNED_AT_MOST_DAYS;
          const until = Math.max(from.until, Math.min(day + RETURNED_DAYS, over));
          Object.assign(from, { left: 0, until, over });
        }
        from.left += credits;
      }
      return true;
    },
    to: ({ organizationId, now }) =>
      world.system.db.transaction((tx) =>
        releaseCredits(tx, { now }, { organizationId, reference }),
      ),
  });
}

const wait = (days: number) =>
  step({
    name: `wait ${days} days`,
    on(model) {
      model.day += days;
      return true;
    },
    to: ({ now }) => expireCredits({ ...world.system, now }),
  });

const reference = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const lifetime = fc.option(fc.integer({ min: 1, max: 20 }));
const steps = [
  fc.tuple(reference, fc.integer({ min: 1, max: 8 }), lifetime).map((args) => grant(...args)),
  fc.tuple(reference, fc.integer({ min: 1, max: 60 })).map((args) => reserve(...args)),
  reference.map(settle),
  reference.map(release),
  fc.integer({ min: 1, max: 15 }).map(wait),
];

test('whatever happens in whatever order, credits are as a plain model has them, and the ledger adds up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), (commands) =>
      fc.asyncModelRun(async () => {
        const organizationId = newId('org');
        await world.system.db.insert(organization).values({ id: organizationId, name: 'A studio' });
        const { credits } = CREDIT_PLANS.trial;
        const grants = [{ left: credits, until: Infinity }];
        return {
          model: {
            day: 0,
            grants,
            granted: new Set<string>(),
            holds: new Map<string, ModelHold>(),
          },
          real: { organizationId, now: () => new Date(Date.UTC(2027, 0, 1)) },
        };
      }, commands),
    ),
    { numRuns: 25 },
  );
}, 60_000);
