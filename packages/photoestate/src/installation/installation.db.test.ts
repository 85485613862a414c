import { auditEntry } from '@repo/foundation/audit';
import { notice } from '@repo/foundation/notification';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { refusalOf } from '../testing/every-call.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
/** Signed up first, and so is the admin of an installation without ADMIN_EMAILS. */
let admin: Context;
beforeAll(async () => {
  world = await createWorld();
  admin = await world.person();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);
const homeOf = async (ctx: Context) => (await api(ctx).session.me())?.organizations[0]?.id ?? '';

test('to anybody but an admin of the installation none of it exists, to owners neither', async () => {
  const owner = await world.person();
  const organizationId = await homeOf(owner);
  const visitor: Context = { ...owner, actor: { type: 'anonymous' } };
  const calls = {
    'installation.creditHolders': {},
    'installation.giveCredits': {
      ...{ organizationId, credits: 5, reason: 'To me', reference: 'reference-1' },
    },
    'outbox.list': {},
    'outbox.get': { mailId: 'mail_any' },
    'outbox.retry': { mailId: 'mail_any' },
  };
  for (const [path, input] of Object.entries(calls)) {
    expect(await refusalOf(owner, path, input), path).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(visitor, path, input), path).toMatchObject({ code: 'unauthenticated' });
  }
  expect((await api(admin).session.me())?.isInstallationAdmin).toBe(true);
  expect((await api(owner).session.me())?.isInstallationAdmin).toBe(false);
});

test('credits are given once, with their reason in the ledger, in the audit log and to the members', async () => {
  const owner = await world.person();
  const organizationId = await homeOf(owner);
  const before = (await api(owner).credit.get({ organizationId })).available;
  const grant = { organizationId, credits: 250, reason: 'Sorry for Monday', reference: 'monday-1' };
  const given = await Promise.all([1, 2, 3].map(() => api(admin).installation.giveCredits(grant)));
  expect(given.filter(({ given }) => given)).toHaveLength(1);
  expect((await api(owner).credit.get({ organizationId })).available).toBe(before + 250);
  const { items } = await api(owner).credit.entries({ organizationId });
  expect(items[0]).toMatchObject({ kind: 'grant', credits: 250, note: 'Sorry for Monday' });
  const granted = and(
    eq(auditEntry.organizationId, organizationId),
    eq(auditEntry.action, 'credit.granted'),
  );
  const [entry, ...more] = await owner.db.select().from(auditEntry).where(granted);
  expect(more).toEqual([]);
  expect(entry?.data).toMatchObject({ credits: 250, reason: 'Sorry for Monday' });
  expect(await owner.db.$count(notice, eq(notice.organizationId, organizationId))).toBe(1);
  const wrong = [{ credits: 0 }, { credits: 1.5 }, { reason: ' ' }, { reference: 'short' }];
  for (const change of wrong)
    await expect(
      api(admin).installation.giveCredits({ ...grant, ...change }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('organizations are found by name, id and a member’s address, with what they have', async () => {
  const owner = await world.person();
  const organizationId = await homeOf(owner);
  await api(owner).organization.rename({ organizationId, name: '100% Elm_Studio' });
  const email = owner.actor.type === 'user' ? owner.actor.email : '';
  await api(owner).credit.get({ organizationId });
  for (const search of ['100% Elm', organizationId, email]) {
    const { items } = await api(admin).installation.creditHolders({ search });
    expect(items, search).toMatchObject([
      { id: organizationId, ownerEmail: email, members: 1, reserved: 0 },
    ]);
  }
  expect((await api(admin).installation.creditHolders({ search: 'x%y' })).items).toEqual([]);
});
