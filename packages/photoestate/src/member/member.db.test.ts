import { auditEntry } from '@repo/foundation/audit';
import { invitationBudget } from '@repo/foundation/member';
import { takeAll } from '@repo/foundation/rate-limit';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);

function userOf({ actor }: Context) {
  if (actor.type !== 'user') throw new Error('a person is a user');
  return actor;
}

async function studio() {
  const owner = await world.person();
  const organizationId = (await api(owner).session.me())?.organizations[0]?.id ?? '';
  const invite = async (person: Context, role: 'admin' | 'agent' | 'client') => {
    const { email } = userOf(person);
    const { url } = await api(owner).member.invite({ organizationId, email, role });
    const { pathname, searchParams } = new URL(url);
    return {
      invitationId: pathname.split('/').at(-1) ?? '',
      expires: searchParams.get('expires') ?? '',
      signature: searchParams.get('signature') ?? '',
    };
  };
  return { owner, organizationId, invite };
}

test('invitations are limited by the day, whatever becomes of them', async () => {
  const { owner, organizationId } = await studio();
  const budget = invitationBudget(organizationId);
  await takeAll(owner, { budget, wanted: budget.quota - 1 });
  const invite = (email: string) =>
    api(owner).member.invite({ organizationId, email, role: 'client' });
  await invite('ann@example.com');
  await expect(invite('bob@example.com')).rejects.toThrow('Expected at most 200 invitations a day');
  expect((await api(owner).member.list({ organizationId })).invitations).toHaveLength(1);
});

test('an invited agent and a client join, each with what their role may, and all of it is noted', async () => {
  const { owner, organizationId, invite } = await studio();
  const [agent, client] = [await world.person(), await world.person()];
  for (const [person, role] of [
    [agent, 'agent'],
    [client, 'client'],
  ] as const) {
    const link = await invite(person, role);
    expect(await api(person).invitation.get(link)).toMatchObject({ role, obstacle: null });
    expect(await api(person).invitation.accept(link)).toEqual({ organizationId });
  }
  await api(agent).listing.create({ organizationId, address: '1 Elm Street' });
  expect((await api(agent).listing.list({ organizationId })).items).toHaveLength(1);
  expect((await api(client).listing.list({})).items).toEqual([]);
  const { members } = await api(agent).member.list({ organizationId });
  expect(members.map(({ role }) => role)).toEqual(['owner', 'agent', 'client']);

  const { userId } = userOf(agent);
  await api(owner).member.changeRole({ organizationId, userId, role: 'admin' });
  await api(owner).member.transfer({ organizationId, userId });
  await api(agent).member.remove({ organizationId, userId: userOf(owner).userId });
  await api(client).member.leave({ organizationId });
  const entries = await owner.db
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, organizationId))
    .orderBy(asc(auditEntry.createdAt));
  expect(entries.map(({ action }) => action)).toEqual([
    'member.invited',
    'member.joined',
    'member.invited',
    'member.joined',
    'listing.created',
    'member.role_changed',
    'organization.transferred',
    'member.removed',
    'member.left',
  ]);
});

test('a link lets in nobody else, and an agent invites nobody', async () => {
  const { organizationId, invite } = await studio();
  const [agent, thief] = [await world.person(), await world.person()];
  const link = await invite(agent, 'agent');
  await expect(api(thief).invitation.accept(link)).rejects.toThrow('This invitation is for');
  await api(agent).invitation.accept(link);
  await expect(
    api(agent).member.invite({ organizationId, email: 'a@example.com', role: 'client' }),
  ).rejects.toMatchObject({ cause: { details: { permission: 'member.manage' } } });
});
