import { auditEntry } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import {
  acceptInvitation,
  changeRole,
  getInvitation,
  invitation,
  inviteMember,
  leaveOrganization,
  listMembers,
  removeMember,
  revokeInvitation,
  transferOwnership,
} from '@repo/foundation/member';
import { member } from '@repo/foundation/organization';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberRole } from '../permission.ts';
import { createProject } from '../project/create.ts';
import { listProjects } from '../project/list.ts';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});
afterAll(() => slipway.close());

const WEEK_MS = 7 * 86_400_000;

function linkOf(url: string) {
  const { pathname, searchParams } = new URL(url);
  return {
    invitationId: pathname.split('/').at(-1) ?? '',
    expires: searchParams.get('expires') ?? '',
    signature: searchParams.get('signature') ?? '',
  };
}

async function invite(by: TestTenant, role: MemberRole = 'developer', email = 'ann@example.com') {
  const { organizationId } = by;
  const { id, url } = await inviteMember(by.ctx, { organizationId, email, role });
  return { id, url, link: linkOf(url) };
}

/** A member of the organization, who came by an invitation. */
async function join(owner: TestTenant, role: MemberRole): Promise<TestTenant> {
  const person = await slipway.tenant();
  await acceptInvitation(person.ctx, (await invite(owner, role, emailOf(person))).link);
  return person;
}

function emailOf({ ctx }: TestTenant): string {
  if (ctx.actor.type !== 'user') throw new Error('a tenant is a user');
  return ctx.actor.email;
}

const roleOf = async ({ organizationId }: TestTenant, { userId }: TestTenant) =>
  (
    await slipway.runtime.db
      .select()
      .from(member)
      .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)))
  )[0]?.role;

test('an invited person sees who invites them, accepts, and may what the role may', async () => {
  const owner = await slipway.tenant();
  const ann = await slipway.tenant();
  const { url, link } = await invite(owner, 'viewer', ` ${emailOf(ann).toUpperCase()} `);
  expect(url.startsWith(`${slipway.runtime.env.SLIPWAY_URL}/invitations/inv_`)).toBe(true);
  expect(await getInvitation(ann.ctx, link)).toMatchObject({
    organizationName: 'Test’s team',
    role: 'viewer',
    email: emailOf(ann),
    obstacle: null,
  });
  const { organizationId } = owner;
  expect(await acceptInvitation(ann.ctx, link)).toEqual({ organizationId });
  expect(await listProjects(ann.ctx, organizationId)).toEqual([]);
  await expect(createProject(ann.ctx, { organizationId, name: 'A' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const { members, invitations } = await listMembers(owner.ctx, organizationId);
  expect(members.map(({ role }) => role)).toEqual(['owner', 'viewer']);
  expect(invitations).toEqual([]);
});

test('an invitation is good for one person, once, however many try at the same time', async () => {
  const owner = await slipway.tenant();
  const ann = await slipway.tenant();
  const { link } = await invite(owner, 'developer', emailOf(ann));
  const thieves = await Promise.all([1, 2].map(() => slipway.tenant()));
  const people = [ann, ...thieves, ann, ann];
  const outcomes = await Promise.allSettled(people.map(({ ctx }) => acceptInvitation(ctx, link)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await listMembers(owner.ctx, owner.organizationId)).members).toHaveLength(2);
  await expect(getInvitation(ann.ctx, link)).rejects.toMatchObject({ code: 'invitation_invalid' });
});

test('who has the link but not the address joins nothing, and is told whom it is for', async () => {
  const owner = await slipway.tenant();
  const thief = await slipway.tenant();
  const ann = await slipway.tenant();
  const { link } = await invite(owner, 'owner', emailOf(ann));
  expect(await getInvitation(thief.ctx, link)).toMatchObject({ obstacle: 'other_address' });
  // An actor's address is what the session said; the account's own counts.
  const liar = { ...thief.ctx.actor, type: 'user' as const, email: emailOf(ann) };
  for (const ctx of [thief.ctx, { ...thief.ctx, actor: { ...liar, userId: thief.userId } }]) {
    const refused = acceptInvitation(ctx, link);
    await expect(refused).rejects.toMatchObject({ code: 'invitation_other_address', status: 403 });
    await expect(refused).rejects.toThrow(emailOf(ann));
  }
  expect(await roleOf(owner, thief)).toBeUndefined();
  await acceptInvitation(ann.ctx, link);
  expect(await roleOf(owner, ann)).toBe('owner');
});

test('where mails are sent the address has to be confirmed: anybody could sign up with it', async () => {
  const owner = await slipway.tenant();
  const impostor = await slipway.tenant();
  const mailer = { send: async () => undefined, close: () => undefined };
  const mailed = { ...impostor.ctx, mailer };
  const { link } = await invite(owner, 'developer', emailOf(impostor));
  expect(await getInvitation(mailed, link)).toMatchObject({ obstacle: 'unconfirmed' });
  await expect(acceptInvitation(mailed, link)).rejects.toMatchObject({
    code: 'address_unconfirmed',
    status: 403,
  });
  expect(await roleOf(owner, impostor)).toBeUndefined();
  const { db } = slipway.runtime;
  await db.update(user).set({ emailVerified: true }).where(eq(user.id, impostor.userId));
  await acceptInvitation(mailed, link);
  expect(await roleOf(owner, impostor)).toBe('developer');
});

test('a link that is changed, over, taken back or replaced lets nobody in', async () => {
  const owner = await slipway.tenant();
  const ann = await slipway.tenant();
  const invalid = { code: 'invitation_invalid', status: 410 };
  const { id, link } = await invite(owner, 'developer', 'ann@example.com');
  const { link: other } = await invite(owner, 'viewer', emailOf(ann));
  const late = { ...ann.ctx, now: () => new Date(Date.now() + WEEK_MS + 2000) };
  await expect(acceptInvitation(late, link)).rejects.toMatchObject(invalid);
  const changed = [
    { ...link, invitationId: other.invitationId },
    { ...link, expires: String(Number(link.expires) + 1) },
    {
      ...link,
      signature: `${link.signature.slice(0, -1)}${link.signature.endsWith('A') ? 'B' : 'A'}`,
    },
  ];
  for (const one of changed)
    await expect(acceptInvitation(ann.ctx, one)).rejects.toMatchObject(invalid);
  const { organizationId } = owner;
  await revokeInvitation(owner.ctx, { organizationId, invitationId: id });
  await expect(acceptInvitation(ann.ctx, link)).rejects.toMatchObject(invalid);
  const { link: again } = await invite(owner, 'admin', emailOf(ann));
  await expect(acceptInvitation(ann.ctx, other)).rejects.toMatchObject(invalid);
  await acceptInvitation(ann.ctx, again);
  expect(await roleOf(owner, ann)).toBe('admin');
});

test('a visitor with the whole link sees what it offers, and signs in to take it', async () => {
  const owner = await slipway.tenant();
  const { id, link } = await invite(owner, 'developer', 'ann@example.com');
  const visitor = { ...owner.ctx, actor: { type: 'anonymous' as const } };
  expect(await getInvitation(visitor, link)).toMatchObject({
    ...{ role: 'developer', email: 'ann@example.com', obstacle: 'signed_out' },
  });
  await expect(acceptInvitation(visitor, link)).rejects.toMatchObject({ code: 'unauthenticated' });
  const forged = { ...link, signature: `${link.signature.slice(0, -2)}AA` };
  const invalid = { code: 'invitation_invalid' };
  await expect(getInvitation(visitor, forged)).rejects.toMatchObject(invalid);
  const { organizationId } = owner;
  await revokeInvitation(owner.ctx, { organizationId, invitationId: id });
  await expect(getInvitation(visitor, link)).rejects.toMatchObject(invalid);
});

test('nobody gives or takes a role that may do more than they may', async () => {
  const owner = await slipway.tenant();
  const admin = await join(owner, 'admin');
  const { organizationId } = owner;
  const forbidden = { code: 'forbidden', details: { permission: 'organization.transfer' } };
  const calls = [
    () => inviteMember(admin.ctx, { organizationId, email: 'o@example.com', role: 'owner' }),
    () => changeRole(admin.ctx, { organizationId, userId: admin.userId, role: 'owner' }),
    () => changeRole(admin.ctx, { organizationId, userId: owner.userId, role: 'viewer' }),
    () => removeMember(admin.ctx, { organizationId, userId: owner.userId }),
    () => transferOwnership(admin.ctx, { organizationId, userId: admin.userId }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject(forbidden);
  expect(await roleOf(owner, owner)).toBe('owner');
  expect(await roleOf(owner, admin)).toBe('admin');
});

test('only those who may invite see the invitations and their links', async () => {
  const owner = await slipway.tenant();
  const developer = await join(owner, 'developer');
  await invite(owner);
  const { organizationId } = owner;
  expect((await listMembers(developer.ctx, organizationId)).invitations).toEqual([]);
  expect((await listMembers(owner.ctx, organizationId)).invitations).toHaveLength(1);
});

test('the last owner neither leaves nor is removed nor steps down', async () => {
  const owner = await slipway.tenant();
  await join(owner, 'admin');
  const { organizationId, userId } = owner;
  const calls = [
    () => leaveOrganization(owner.ctx, organizationId),
    () => removeMember(owner.ctx, { organizationId, userId }),
    () => changeRole(owner.ctx, { organizationId, userId, role: 'admin' }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'conflict' });
  expect(await roleOf(owner, owner)).toBe('owner');
});

test('of two owners who leave at once one stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    const owner = await slipway.tenant();
    const other = await join(owner, 'owner');
    const { organizationId } = owner;
    const outcomes = await Promise.allSettled([
      removeMember(owner.ctx, { organizationId, userId: other.userId }),
      removeMember(other.ctx, { organizationId, userId: owner.userId }),
      leaveOrganization(owner.ctx, organizationId),
      leaveOrganization(other.ctx, organizationId),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([await roleOf(owner, owner), await roleOf(owner, other)].sort()).toEqual([
      'owner',
      undefined,
    ]);
  }
});

test('ownership is handed over, and who handed it over may no more', async () => {
  const owner = await slipway.tenant();
  const heir = await join(owner, 'viewer');
  const { organizationId } = owner;
  await transferOwnership(owner.ctx, { organizationId, userId: heir.userId });
  expect(await roleOf(owner, heir)).toBe('owner');
  expect(await roleOf(owner, owner)).toBe('admin');
  const back = transferOwnership(owner.ctx, { organizationId, userId: owner.userId });
  await expect(back).rejects.toMatchObject({ code: 'forbidden' });
});

test('who was removed, or left, is a stranger by the next call, with the session still open', async () => {
  const owner = await slipway.tenant();
  const [removed, gone] = [await join(owner, 'developer'), await join(owner, 'developer')];
  const { organizationId } = owner;
  const ask = ({ ctx }: TestTenant) => appRouter.createCaller(ctx).project.list({ organizationId });
  for (const person of [removed, gone]) expect(await ask(person)).toEqual([]);
  await removeMember(owner.ctx, { organizationId, userId: removed.userId });
  await leaveOrganization(gone.ctx, organizationId);
  for (const person of [removed, gone])
    await expect(ask(person)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('who loses a role keeps no way back to it by those whom they invited; who leaves leaves them to the others', async () => {
  const owner = await slipway.tenant();
  const { organizationId } = owner;
  const open = async (by: TestTenant = owner) =>
    (await listMembers(by.ctx, organizationId)).invitations.map(({ email }) => email).sort();
  const [removed, lowered, gone] = [
    await join(owner, 'admin'),
    await join(owner, 'admin'),
    await join(owner, 'admin'),
  ];
  const invited = async (by: TestTenant, role: MemberRole, email: string) =>
    inviteMember(by.ctx, { organizationId, email, role });
  await invited(owner, 'owner', 'own@example.com');
  await invited(owner, 'viewer', 'friend@example.com');
  await invited(removed, 'viewer', 'removed@example.com');
  await invited(lowered, 'admin', 'lowered@example.com');
  await invited(gone, 'admin', 'gone@example.com');
  await removeMember(owner.ctx, { organizationId, userId: removed.userId });
  await changeRole(owner.ctx, { organizationId, userId: lowered.userId, role: 'developer' });
  await leaveOrganization(gone.ctx, organizationId);
  expect(await open()).toEqual(['friend@example.com', 'gone@example.com', 'own@example.com']);
  const next = await join(owner, 'admin');
  await transferOwnership(owner.ctx, { organizationId, userId: next.userId });
  expect(await open(next)).toEqual(['friend@example.com', 'gone@example.com']);
  const noted = await slipway.runtime.db
    .select()
    .from(auditEntry)
    .where(
      and(eq(auditEntry.organizationId, organizationId), eq(auditEntry.action, 'member.removed')),
    );
  expect(noted.map(({ data }) => data)).toEqual([
    { before: { role: 'admin' }, invitationsRevoked: 1 },
  ]);
});

test('an organization cannot take back another one’s invitation, nor change its members', async () => {
  const owner = await slipway.tenant();
  const stranger = await slipway.tenant();
  const { id } = await invite(owner);
  const { organizationId } = stranger;
  const mine = { organizationId, userId: owner.userId };
  await expect(
    revokeInvitation(stranger.ctx, { organizationId, invitationId: id }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(removeMember(stranger.ctx, mine)).rejects.toMatchObject({ code: 'not_found' });
  const [row] = await slipway.runtime.db.select().from(invitation).where(eq(invitation.id, id));
  expect(row?.revokedAt).toBeNull();
});

test('every change of members leaves its audit entry, and no link', async () => {
  const owner = await slipway.tenant();
  const { organizationId } = owner;
  const person = await join(owner, 'viewer');
  const { userId } = person;
  const { id, link } = await invite(owner);
  await revokeInvitation(owner.ctx, { organizationId, invitationId: id });
  await changeRole(owner.ctx, { organizationId, userId, role: 'admin' });
  await transferOwnership(owner.ctx, { organizationId, userId });
  await leaveOrganization(owner.ctx, organizationId);
  const entries = await slipway.runtime.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, organizationId))
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ action }) => action)).toEqual([
    'member.invited',
    'member.joined',
    'member.invited',
    'member.invitation_revoked',
    'member.role_changed',
    'organization.transferred',
    'member.left',
  ]);
  expect(entries[4]?.data).toEqual({ before: { role: 'viewer' }, after: { role: 'admin' } });
  const stored = await slipway.runtime.db.select().from(invitation);
  expect(JSON.stringify([entries, stored])).not.toContain(link.signature);
});
