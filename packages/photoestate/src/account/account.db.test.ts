import { auditEntry } from '@repo/foundation/audit';
import { session, user } from '@repo/foundation/auth';
import { newId } from '@repo/foundation/ids';
import { invitation } from '@repo/foundation/member';
import { member, organization } from '@repo/foundation/organization';
import { findPicture } from '@repo/foundation/profile';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { event } from '../event/table.ts';
import { listing } from '../listing/table.ts';
import { setPicture } from '../profile/set-picture.ts';
import { forgetLogs } from '../retention/forget.ts';
import { appRouter } from '../router.ts';
import { createTestApi, newKey } from '../testing/api.ts';
import { createWorld, type World } from '../testing/world.ts';
import { webhookDelivery, webhookEndpoint } from '../webhook/table.ts';
import { findHome } from './home.ts';

let world: World;
/** Signed up first, and so is the admin of the installation. */
let first: Context;
beforeAll(async () => {
  world = await createWorld();
  first = await world.person();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);

function userOf({ actor }: Context) {
  if (actor.type !== 'user') throw new Error('a person is a user');
  return actor;
}

const homeOf = async (ctx: Context) => (await api(ctx).session.me())?.organizations[0]?.id ?? '';
const join = (ctx: Context, organizationId: string, role: 'owner' | 'agent' | 'client') =>
  ctx.db.insert(member).values({ organizationId, userId: userOf(ctx).userId, role });
const remove = (ctx: Context) => api(ctx).account.delete({ confirmEmail: userOf(ctx).email });

test('clients begin with what was delivered to them, everybody else among their listings', async () => {
  const [studio, client] = await Promise.all([world.person(), world.person()]);
  expect([await findHome(studio), await findHome(client)]).toEqual(['listings', 'listings']);
  await join(client, await homeOf(studio), 'client');
  await api(studio).listing.create({ address: '2 Elm Street' });
  expect([await findHome(studio), await findHome(client)]).toEqual(['listings', 'delivered']);
  // Of a client who photographs, too.
  const own = (await api(client).session.me())?.organizations.find(({ role }) => role === 'owner');
  await api(client).listing.create({ address: '3 Elm Street', organizationId: own?.id });
  expect(await findHome(client)).toBe('listings');
});

test('the only owner of what others belong to stays, until there is another; two cannot both go', async () => {
  const [one, other, agent] = await Promise.all([world.person(), world.person(), world.person()]);
  const organizationId = await homeOf(one);
  await join(agent, organizationId, 'agent');
  await expect(remove(one)).rejects.toMatchObject({
    message: expect.stringContaining('Transfer the ownership'),
    cause: { code: 'conflict', details: { organizations: [{ id: organizationId }] } },
  });
  expect(await api(one).session.me()).not.toBeNull();
  await join(other, organizationId, 'owner');
  const ends = await Promise.allSettled([remove(one), remove(other)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const left = await agent.db
    .select({ role: member.role })
    .from(member)
    .where(eq(member.organizationId, organizationId));
  expect(left.map(({ role }) => role).sort()).toEqual(['agent', 'owner']);
});

test('who goes takes what is theirs alone: sessions, listings, picture; and their address asks for it', async () => {
  const person = await world.person();
  const { userId } = userOf(person);
  const { id: listingId } = await api(person).listing.create({ address: '1 Elm Street' });
  const { id: fileId } = world.slipway.put('me.jpg', new Uint8Array([1]));
  await setPicture(person, fileId);
  await expect(
    api(person).account.delete({ confirmEmail: 'somebody@example.com' }),
  ).rejects.toThrow('Expected the address of this account');
  await remove(person);
  expect(await person.db.$count(user, eq(user.id, userId))).toBe(0);
  const [row] = await person.db.select().from(listing).where(eq(listing.id, listingId));
  expect(row?.deletedAt).not.toBeNull();
  expect(world.enqueued).toContainEqual({ name: 'listing.clean', payload: { listingId } });
  expect(world.enqueued).toContainEqual({ name: 'files.discard', payload: { fileIds: [fileId] } });
  const ended = and(eq(auditEntry.action, 'user.deleted'), eq(auditEntry.entityId, userId));
  expect(await person.db.$count(auditEntry, ended)).toBe(1);
  expect(await api(person).session.me()).toBeNull();
});

test('an organization that ended opens to none of its keys, tells nobody anything and keeps no names', async () => {
  const rest = createTestApi(world);
  const person = await world.person();
  const { key, organizationId } = await newKey(person);
  const body = { url: 'https://example.com/hook' };
  expect((await rest.as(key)('POST', '/webhooks', { body })).status).toBe(201);
  const email = 'guest@example.com';
  await api(person).member.invite({ organizationId, email, role: 'agent' });
  await remove(person);
  expect((await rest.as(key)('GET', '/listings')).status).toBe(401);
  const { db } = person;
  const endpoints = eq(webhookEndpoint.ownerId, organizationId);
  expect(await db.$count(webhookEndpoint, endpoints)).toBe(0);
  expect(await db.$count(invitation, eq(invitation.organizationId, organizationId))).toBe(0);
  const [left] = await db.select().from(organization).where(eq(organization.id, organizationId));
  expect(left?.name).toBe('Deleted organization');
});

test('the admin of the installation stays, so that nobody else becomes it unasked', async () => {
  await expect(remove(first)).rejects.toMatchObject({ cause: { code: 'conflict' } });
  expect((await api(first).session.me())?.isInstallationAdmin).toBe(true);
});

test('what was noted and told is forgotten after its time, but for what is on its way', async () => {
  const rest = createTestApi(world);
  const person = await world.person();
  const { key, organizationId } = await newKey(person);
  const body = { url: 'https://example.com/hook' };
  const made = await rest.as(key)('POST', '/webhooks', { body });
  const asked = { events: [newId('evt'), newId('evt')], endpointId: made.json.id };
  const at = new Date();
  for (const [index, id] of asked.events.entries()) {
    const about = { type: 'order.done', entityId: 'lst', data: {}, createdAt: at };
    await person.db.insert(event).values({ id, ownerId: organizationId, ...about });
    await person.db.insert(webhookDelivery).values({
      ...{ id: newId('whd'), endpointId: asked.endpointId, eventId: id, eventType: 'order.done' },
      ...{ entityId: 'lst', sequence: index, nextAttemptAt: at, createdAt: at },
      ...(index === 0 ? { state: 'delivered', endedAt: at } : { state: 'pending' }),
    });
  }
  await api(person).member.invite({ organizationId, email: 'ann@example.com', role: 'agent' });
  const left = async (days: number) => {
    const now = () => new Date(at.getTime() + days * 86_400_000);
    const { signal } = new AbortController();
    await forgetLogs({ ...world.system, now }, {}, { signal });
    return [
      await person.db.$count(event, eq(event.ownerId, organizationId)),
      await person.db.$count(webhookDelivery, eq(webhookDelivery.endpointId, asked.endpointId)),
      (await person.db.$count(auditEntry, eq(auditEntry.organizationId, organizationId))) > 0,
      await person.db.$count(invitation, eq(invitation.organizationId, organizationId)),
    ];
  };
  expect(await left(29)).toEqual([2, 2, true, 1]);
  expect(await left(31)).toEqual([1, 1, true, 1]);
  // An invitation's link is good for a week, and its address is kept for a month from then on.
  expect(await left(36)).toEqual([1, 1, true, 1]);
  expect(await left(38)).toEqual([1, 1, true, 0]);
  expect(await left(731)).toEqual([1, 1, false, 0]);
});

test('sessions are one’s own to see and to end, and the current one stays', async () => {
  const [person, stranger] = [await world.person(), await world.person()];
  const begin = async (ctx: Context): Promise<string> => {
    const id = newId('ses');
    const { userId } = userOf(ctx);
    const expiresAt = new Date(Date.now() + 60_000);
    await ctx.db.insert(session).values({ id, userId, token: id, expiresAt, userAgent: 'Test' });
    return id;
  };
  const [current, phone, laptop] = [await begin(person), await begin(person), await begin(person)];
  const foreign = await begin(stranger);
  const here: Context = { ...person, actor: { ...userOf(person), sessionId: current } };
  const mine = async () => (await api(here).account.sessions()).map(({ id }) => id);
  expect((await mine()).sort()).toEqual([current, phone, laptop].sort());
  expect((await api(here).account.sessions())[0]).toMatchObject({ id: current, isCurrent: true });
  await api(here).account.endSession({ sessionId: phone });
  expect((await mine()).sort()).toEqual([current, laptop].sort());
  await expect(api(here).account.endSession({ sessionId: foreign })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await api(here).account.endOtherSessions()).toEqual({ ended: 1 });
  expect(await mine()).toEqual([current]);
  expect(await person.db.$count(session, eq(session.id, foreign))).toBe(1);
});

test('a picture is for those who work with one; a new one takes the place of the old', async () => {
  const [person, colleague, stranger] = await Promise.all([
    world.person(),
    world.person(),
    world.person(),
  ]);
  await join(colleague, await homeOf(person), 'agent');
  const { userId } = userOf(person);
  for (const name of ['one.jpg', 'two.jpg']) {
    const { id } = world.slipway.put(name, new Uint8Array([1]));
    await setPicture(person, id);
    expect(await findPicture(colleague, userId)).toBe(id);
    expect((await api(person).session.me())?.user.picture).toContain(`/people/${userId}/picture`);
    const { members } = await api(colleague).member.list({ organizationId: await homeOf(person) });
    expect(members.map(({ picture }) => picture !== null)).toEqual([true, false]);
  }
  await expect(findPicture(stranger, userId)).rejects.toMatchObject({ code: 'not_found' });
  await api(person).account.removePicture();
  await expect(findPicture(person, userId)).rejects.toMatchObject({ code: 'not_found' });
  const thrown = world.enqueued.filter(({ name }) => name === 'files.discard');
  expect(thrown.length).toBeGreaterThanOrEqual(2);
});

test('a name is one line', async () => {
  const person = await world.person();
  await api(person).account.rename({ name: ' Robin ' });
  expect((await api(person).session.me())?.user.name).toBe('Robin');
  for (const name of ['', 'a\nb', 'x'.repeat(81)])
    await expect(api(person).account.rename({ name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
});
