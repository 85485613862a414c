import { auditEntry } from '@repo/foundation/audit';
import { mail } from '@repo/foundation/mail';
import { announceInvitation, invitationBudget } from '@repo/foundation/member';
import { organization } from '@repo/foundation/organization';
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

test('an open invitation outlives the account of who invited: the studio invites then', async () => {
  const { owner, organizationId, invite } = await studio();
  const [admin, ann] = [await world.person(), await world.person()];
  await api(admin).invitation.accept(await invite(admin, 'admin'));
  const { email } = userOf(ann);
  const made = await api(admin).member.invite({ organizationId, email, role: 'agent' });
  const { searchParams } = new URL(made.url);
  const link = {
    invitationId: made.id,
    expires: searchParams.get('expires') ?? '',
    signature: searchParams.get('signature') ?? '',
  };
  await owner.db
    .update(organization)
    .set({ name: 'Oak Studio' })
    .where(eq(organization.id, organizationId));
  await api(admin).account.delete({ confirmEmail: userOf(admin).email });
  const { invitations } = await api(owner).member.list({ organizationId });
  expect(invitations).toMatchObject([{ id: made.id, email, invitedByName: 'Oak Studio' }]);
  expect(await api(ann).invitation.get(link)).toMatchObject({ invitedByName: 'Oak Studio' });
  await announceInvitation(world.system, { invitationId: made.id });
  const [told] = await owner.db.select().from(mail).where(eq(mail.recipient, email));
  expect(told?.subject).toBe('Oak Studio invites you to PhotoEstate Pro');
  expect(told?.text).toContain('Oak Studio invites you to the organization on PhotoEstate Pro');
  expect(await api(ann).invitation.accept(link)).toEqual({ organizationId });
});
