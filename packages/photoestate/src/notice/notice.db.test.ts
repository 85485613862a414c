import { newId } from '@repo/foundation/ids';
import { mail } from '@repo/foundation/mail';
import { mailGathered, notice, tellNotice } from '@repo/foundation/notification';
import { member } from '@repo/foundation/organization';
import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { claimWork } from '../enhancement/claim.ts';
import { retryEnhancement } from '../enhancement/retry.ts';
import { recordFailure, recordResult } from '../enhancement/settle.ts';
import { enhanceListing } from '../enhancement/start-listing.ts';
import { enhancement } from '../enhancement/table.ts';
import type { Role } from '../permission.ts';
import { photo } from '../photo/table.ts';
import { appRouter } from '../router.ts';
import { addScenes, PRODUCED } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { mailDailySummaries } from './daily-summary.ts';
import type { NoticeName } from './kinds.ts';
import { notify } from './notify.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);
const userIdOf = ({ actor }: Context) => (actor.type === 'user' ? actor.userId : '');
const emailOf = ({ actor }: Context) => (actor.type === 'user' ? actor.email : '');

async function studio() {
  const owner = await world.person();
  const organizationId = (await api(owner).session.me())?.organizations[0]?.id ?? '';
  const join = async (role: Role): Promise<Context> => {
    const person = await world.person();
    await owner.db.insert(member).values({ organizationId, userId: userIdOf(person), role });
    return person;
  };
  return { owner, organizationId, join };
}

interface Told {
  kind?: NoticeName;
  alsoKind?: NoticeName;
  recipients?: string[];
  about?: string;
}

/** Something happens, and the job runs twice, as a queue may. */
async function tell(ctx: Context, organizationId: string, told: Told = {}): Promise<boolean> {
  const { about = 'once' } = told;
  const added = await ctx.db.transaction((tx) =>
    notify(tx, ctx, {
      organizationId,
      kind: 'gallery_approved',
      title: 'Dana commented on 12 Elm Street',
      body: '“Can the sky be bluer?”',
      path: '/listings/lst_1',
      action: 'Open the gallery',
      ...told,
      about: `${organizationId}:${about}`,
    }),
  );
  const [row] = await ctx.db
    .select({ id: notice.id })
    .from(notice)
    .where(eq(notice.organizationId, organizationId))
    .orderBy(desc(notice.createdAt), desc(notice.id))
    .limit(1);
  await Promise.all([
    tellNotice(world.system, { noticeId: row?.id ?? '' }),
    tellNotice(world.system, { noticeId: row?.id ?? '' }),
  ]);
  return added;
}

const titles = async (ctx: Context) =>
  (await api(ctx).notice.list({})).items.map(({ title }) => title);
const mailsTo = (ctx: Context) =>
  ctx.db
    .select({ kind: mail.kind, text: mail.text })
    .from(mail)
    .where(eq(mail.recipient, emailOf(ctx)));

test('an occasion is told once, to those whom it concerns, by mail and in the app', async () => {
  const { owner, organizationId, join } = await studio();
  const [agent, client] = [await join('agent'), await join('client')];
  const stranger = await world.person();
  expect(await tell(owner, organizationId)).toBe(true);
  expect(await tell(owner, organizationId)).toBe(false);
  for (const person of [owner, agent]) {
    expect(await titles(person)).toEqual(['Dana commented on 12 Elm Street']);
    expect(await mailsTo(person)).toMatchObject([
      { kind: 'gallery_approved', text: expect.stringContaining('Can the sky be bluer?') },
    ]);
  }
  // A client manages no delivery.
  for (const person of [client, stranger]) {
    expect(await titles(person)).toEqual([]);
    expect(await mailsTo(person)).toEqual([]);
  }
});

test('each is told in the ways that they chose, and one kind off leaves the other', async () => {
  const { owner, organizationId, join } = await studio();
  const agent = await join('agent');
  const off = (kind: NoticeName, channel: 'mail' | 'app') =>
    api(agent).notification.update({ choices: [{ kind, channel, isOn: false }] });
  await off('gallery_approved', 'mail');
  await tell(owner, organizationId);
  expect(await titles(agent)).toHaveLength(1);
  expect(await mailsTo(agent)).toEqual([]);
  await off('enhancement_failed', 'mail');
  await off('enhancement_failed', 'app');
  const both = { kind: 'enhancement_failed', alsoKind: 'enhancements_done' } as const;
  await tell(owner, organizationId, { ...both, about: 'b' });
  expect(await titles(agent)).toHaveLength(2);
  expect(await mailsTo(agent)).toMatchObject([{ kind: 'enhancements_done' }]);
  await off('enhancements_done', 'app');
  await tell(owner, organizationId, { ...both, about: 'c' });
  expect(await titles(agent)).toHaveLength(2);
  expect(await mailsTo(agent)).toHaveLength(2);
  await expect(
    api(agent).notification.update({
      choices: [{ kind: 'no_such_thing', channel: 'mail', isOn: false }],
    }),
  ).rejects.toThrow('expected one of');
});

test('comments are seen at once, and mailed together a few minutes later', async () => {
  const { owner, organizationId } = await studio();
  const kind = 'gallery_commented' as const;
  for (const about of ['a', 'b', 'c']) await tell(owner, organizationId, { kind, about });
  expect(await titles(owner)).toHaveLength(3);
  expect(await mailsTo(owner)).toEqual([]);
  const [row] = world.enqueued.filter(({ name }) => name === 'notice.mail');
  const noticeId = String(Reflect.get(row?.payload ?? {}, 'noticeId'));
  await Promise.all([
    mailGathered(world.system, { noticeId }),
    mailGathered(world.system, { noticeId }),
  ]);
  expect(await mailsTo(owner)).toMatchObject([{ kind, text: expect.stringContaining('Dana') }]);
  await tell(owner, organizationId, { kind, about: 'd' });
  const later = world.enqueued.findLast(({ name }) => name === 'notice.mail')?.payload;
  await mailGathered(world.system, { noticeId: String(Reflect.get(later ?? {}, 'noticeId')) });
  expect(await mailsTo(owner)).toHaveLength(2);
});

test('what is for one is told to that one, and not once they have left', async () => {
  const { owner, organizationId, join } = await studio();
  const agent = await join('agent');
  const stranger = await world.person();
  const recipients = [userIdOf(agent), userIdOf(stranger)];
  await tell(owner, organizationId, { recipients });
  expect(await titles(agent)).toHaveLength(1);
  expect([...(await titles(owner)), ...(await titles(stranger))]).toEqual([]);
  await owner.db.delete(member).where(eq(member.userId, userIdOf(agent)));
  expect(await titles(agent)).toEqual([]);
  expect(await api(agent).notice.unread()).toBe(0);
});

test('read is read by oneself alone, one by one or all at once, in pages without a gap', async () => {
  const { owner, organizationId, join } = await studio();
  const agent = await join('agent');
  for (let n = 0; n < 5; n += 1) await tell(owner, organizationId, { about: `many-${n}` });
  const first = await api(agent).notice.list({ limit: 3 });
  const second = await api(agent).notice.list({ limit: 3, cursor: first.nextCursor ?? '' });
  expect(second.nextCursor).toBeNull();
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
  await api(agent).notice.read({ noticeIds: ids.slice(0, 2) });
  expect([await api(agent).notice.unread(), await api(owner).notice.unread()]).toEqual([3, 5]);
  await api(agent).notice.read({});
  expect([await api(agent).notice.unread(), await api(owner).notice.unread()]).toEqual([0, 5]);
  const visitor: Context = { ...agent, actor: { type: 'anonymous' } };
  await expect(api(visitor).notice.list({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('photos of a listing that end are told in one notice, to who started them, each once', async () => {
  const { owner, organizationId, join } = await studio();
  const colleague = await join('agent');
  const listingId = await newListing(owner, '12 Elm Street');
  await addScenes(owner, listingId, 3);
  const { started } = await enhanceListing(owner, { listingId });
  const end = async (id: string, failure?: string) => {
    const claim = await claimWork(world.system, id);
    if (claim === null) throw new Error('nothing to claim');
    if (failure === undefined) await recordResult(world.system, claim, PRODUCED);
    else await recordFailure(world.system, claim, { code: 'damaged', reason: failure });
  };
  const tellAll = async () => {
    for (const { id } of await owner.db
      .select({ id: notice.id })
      .from(notice)
      .where(eq(notice.organizationId, organizationId)))
      await tellNotice(world.system, { noticeId: id });
    return titles(owner);
  };
  const [one, two, three] = started.map(({ id }) => id);
  await end(one ?? '');
  await end(two ?? '', 'This frame is damaged.');
  expect(await tellAll()).toEqual([]);
  await end(three ?? '');
  expect(await tellAll()).toEqual(['12 Elm Street: 2 photos finished, 1 failed']);
  expect(await titles(colleague)).toEqual([]);
  expect(await mailsTo(owner)).toMatchObject([
    { kind: 'enhancement_failed', text: expect.stringContaining('This frame is damaged.') },
  ]);
  await retryEnhancement(owner, { enhancementId: two ?? '' });
  await end(two ?? '');
  expect(await tellAll()).toEqual([
    '12 Elm Street: 1 photo finished',
    '12 Elm Street: 2 photos finished, 1 failed',
  ]);
});

test('a summary comes at eight by one’s own clocks, of the day before, once, and never to clients', async () => {
  const { owner, join } = await studio();
  const [agent, client] = [await join('agent'), await join('client')];
  for (const person of [owner, agent, client])
    await api(person).notification.update({ timeZone: 'Pacific/Auckland' });
  const listingId = await newListing(owner, '12 Elm Street');
  const [sceneId = ''] = await addScenes(owner, listingId, 1);
  // The last minute of 27 September there, on which clocks are put forward, and the first of the next day.
  for (const [finishedAt, status] of [
    ['2026-09-27T10:59:30Z', 'done'],
    ['2026-09-27T11:00:30Z', 'failed'],
  ] as const)
    await owner.db.insert(enhancement).values({
      ...{ id: newId('enh'), listingId, sceneId, status, preset: 'natural', options: {} },
      ...{ inputPhotoIds: [], createdBy: 'usr_a', finishedAt: new Date(finishedAt) },
    });
  await owner.db.update(photo).set({ createdAt: new Date('2026-01-01') });
  const mails = async (person: Context) =>
    (await mailsTo(person)).filter(({ kind }) => kind === 'daily_summary');
  for (const [at, told] of [
    ['2026-09-27T18:45:00Z', 0],
    ['2026-09-27T19:00:00Z', 1],
    ['2026-09-27T19:15:00Z', 1],
    ['2026-09-28T19:00:00Z', 2],
    ['2026-09-29T19:00:00Z', 2],
  ] as const) {
    await mailDailySummaries({ ...world.system, now: () => new Date(at) });
    for (const person of [owner, agent]) expect(await mails(person), at).toHaveLength(told);
    expect(await mails(client)).toEqual([]);
  }
  const [first, second] = await mails(owner);
  for (const words of ['Sunday 27 September', '12 Elm Street', 'Pacific/Auckland'])
    expect(first?.text).toContain(words);
  expect(second?.text).toContain('Monday 28 September');
});
