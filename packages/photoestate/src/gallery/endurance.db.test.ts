import { auditEntry } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { mail } from '@repo/foundation/mail';
import { notice, notificationSettings } from '@repo/foundation/notification';
import { giveAllBack, takeAll } from '@repo/foundation/rate-limit';
import { and, eq, like, notLike } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getListing } from '../listing/get.ts';
import { appRouter } from '../router.ts';
import { galleryBrowser, tokenIn } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { dayBudget } from './announce.ts';
import { announceDelivery } from './announce-by-job.ts';
import { pinBudget } from './guess-budgets.ts';
import { announceDeliveryJob } from './jobs.ts';
import { markAgain } from './mark-again.ts';
import { answerComment } from './moderate.ts';
import { sendDelivery } from './send.ts';
import { delivery, deliveryCopy, galleryVisitor } from './table.ts';
import { noticeBudget } from './tell.ts';
import { updateDelivery } from './update.ts';

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

let studio: GalleryStudio;
let pat: Context;

beforeAll(async () => {
  studio = await openGalleryStudio();
  pat = studio.pat;
});
afterAll(() => studio.close());
beforeEach(() => studio.world.enqueued.splice(0));

const organizationOf = async () =>
  (await getListing(pat, { listingId: studio.listingId })).organizationId;

test('a sender who is renamed leaves what is not paid in sight, and gets it marked anew', async () => {
  const { world, deliver, prepare } = studio;
  const { id, url } = await deliver({ watermark: true });
  await prepare();
  const visitor = galleryBrowser(pat);
  const { ticket, photos } = await visitor.open(url);
  const answers = async () => {
    const paths = ['view/480', 'before/480', 'download/web'];
    const asked = paths.map((path) =>
      visitor.ask(`/media/galleries/${id}/${photos[0]?.id}/${path}?${ticket}`),
    );
    return (await Promise.all(asked)).map(({ status }) => status);
  };
  expect(await answers()).toEqual([200, 200, 200]);
  const organizationId = await organizationOf();
  const api = appRouter.createCaller(pat).organization;
  const changes = [
    () => api.rename({ organizationId, name: 'Oak Studio' }),
    () => api.updateSettings({ organizationId, senderName: 'Elm Studio' }),
  ];
  for (const change of changes) {
    await change();
    expect(world.enqueued).toEqual([{ name: 'delivery.mark_again', payload: { organizationId } }]);
    expect(await answers()).toEqual([200, 200, 200]);
    world.enqueued.splice(0);
    expect((await studio.find(id)).prepared).toBe(0);
    await markAgain(world.system, { organizationId });
    await prepare();
    expect((await studio.find(id)).prepared).toBe(2);
    // What has the earlier name across it goes, of two photos and their exposures.
    const gone = world.enqueued.splice(0).filter(({ name }) => name === 'files.discard');
    expect(gone).toHaveLength(4);
    const left = await pat.db.select({ mark: deliveryCopy.mark }).from(deliveryCopy);
    expect([left.length, new Set(left.map(({ mark }) => mark)).size]).toEqual([4, 1]);
  }
  await updateDelivery(pat, { deliveryId: id, paid: true });
  world.enqueued.splice(0);
  await markAgain(world.system, { organizationId });
  expect(
    world.enqueued.filter(({ payload }) =>
      photos.some((photo) => 'photoId' in payload && payload.photoId === photo.id),
    ),
  ).toEqual([]);
});

test('a large delivery and a small one are made ready photo by photo, each asked for once', async () => {
  const calls: object[] = [];
  const queue: Context['queue'] = {
    enqueue: async (_tx, { name, oneWaiting }, { payload, key, priority }) => {
      if (name === 'delivery.prepare') calls.push({ payload, key, priority, oneWaiting });
    },
  };
  const { id, photos } = await studio.deliver();
  await updateDelivery({ ...pat, queue }, { deliveryId: id, message: 'Hello' });
  expect(calls).toEqual(
    photos.map((photo, index) => ({
      ...{ payload: { photoId: photo.id }, key: photo.id },
      ...{ priority: -(index + 1), oneWaiting: true },
    })),
  );
});

test('a browser keeps the passes of the galleries that it opened last', async () => {
  const visitor = galleryBrowser(pat);
  const old = Array.from({ length: 40 }, (_, index) => `pe_dlv_${index}`);
  const expiring = (seconds: number) => encodeURIComponent(`expires=${seconds}&signature=x`);
  for (const [index, name] of old.entries()) visitor.cookies.set(name, expiring(1000 + index));
  visitor.cookies.set('photoestate.session_token', 'mine');
  const { id, url } = await studio.deliver();
  await visitor.open(url);
  const kept = [...visitor.cookies.keys()];
  expect(kept.sort()).toEqual([`pe_${id}`, 'photoestate.session_token', ...old.slice(-19)].sort());
});

test('what goes on with a download counts once, is of the same file, and a HEAD reads nothing', async () => {
  const { id, url } = await studio.deliver();
  await studio.prepare();
  const visitor = galleryBrowser(pat);
  const { ticket, photos } = await visitor.open(url);
  const one = `/media/galleries/${id}/${photos[0]?.id}/download/original?${ticket}`;
  const zip = `/media/galleries/${id}/zip/web?${ticket}`;
  const whole = await visitor.ask(one);
  const bytes = Buffer.from(await whole.arrayBuffer());
  const part = async (etag: string | null) => {
    const headers = { range: 'bytes=50-', 'if-range': etag ?? '' };
    const response = await visitor.ask(one, { headers });
    return [response.status, Buffer.from(await response.arrayBuffer())];
  };
  expect(await part(whole.headers.get('etag'))).toEqual([206, bytes.subarray(50)]);
  for (const path of [one, zip]) {
    const head = await visitor.ask(path, { method: 'HEAD' });
    expect([head.status, Number(head.headers.get('content-length')) > 0]).toEqual([200, true]);
  }
  expect((await studio.find(id)).visitors[0]?.downloads).toBe(1);
  // Another file by now: from its beginning.
  expect(await part('"earlier"')).toEqual([200, bytes]);
});

test('a PIN that was guessed too often lets nobody in until there is another, and the studio hears of it', async () => {
  const { id, url } = await studio.deliver({ pin: '4711' });
  const [row] = await pat.db.select().from(delivery).where(eq(delivery.id, id));
  if (row === undefined) throw new Error('the delivery has no row');
  const friend = galleryBrowser(pat);
  await friend.open(url, '4711');
  const budget = pinBudget(row);
  await takeAll(pat, { budget, wanted: budget.quota });
  const open = (pin: string) =>
    galleryBrowser(pat).post('/api/gallery/open', { token: tokenIn(url), pin });
  for (const pin of ['4711', '0000']) {
    const response = await open(pin);
    expect([response.status, await codeOf(response)]).toEqual([429, 'pin_locked']);
  }
  const told = await pat.db.select().from(notice).where(eq(notice.kind, 'gallery_pin_guessed'));
  expect(told).toHaveLength(1);
  // Whoever is in stays.
  await friend.open(url);
  await updateDelivery(pat, { deliveryId: id, pin: '0815' });
  expect((await open('0815')).status).toBe(200);
});

test('a body that is no JSON is answered as such', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await galleryBrowser(pat).ask('/api/gallery/open', {
    ...{ method: 'POST', body: 'x', headers },
  });
  expect([response.status, await codeOf(response)]).toEqual([400, 'bad_request']);
});

/** Does what was asked for of telling people; who was mailed since. */
async function mailed(id: string): Promise<string[]> {
  const { world } = studio;
  const jobs = world.enqueued.splice(0).filter(({ name }) => name === 'delivery.announce');
  for (const { payload } of jobs) {
    await announceDelivery(world.system, announceDeliveryJob.payload.parse(payload));
  }
  const rows = await pat.db
    .select()
    .from(mail)
    .where(like(mail.dedupKey, `delivery:${id}:%`));
  return rows.map(({ recipient }) => recipient).sort();
}

test('only who was added is told, nobody twice an hour, and no organization mails the world', async () => {
  const { id } = await studio.deliver({ recipients: ['ann@example.com'] });
  expect(await mailed(id)).toEqual(['ann@example.com']);
  const both = ['ann@example.com', 'bob@example.com'];
  await updateDelivery(pat, { deliveryId: id, recipients: both });
  expect(await mailed(id)).toEqual(both);
  for (const recipients of [['ann@example.com'], both])
    await updateDelivery(pat, { deliveryId: id, recipients });
  expect(await mailed(id)).toEqual(both);
  await expect(sendDelivery(pat, { deliveryId: id })).rejects.toMatchObject({
    code: 'rate_limited',
    message: expect.stringContaining('told within the last hour'),
  });
  const budget = dayBudget({ organizationId: await organizationOf() });
  // Two mails were sent, so two units are spent, whatever was tried.
  expect(await takeAll(pat, { budget, wanted: budget.quota - 2 })).toBeNull();
  const recipients = Array.from({ length: 9 }, (_, index) => `p${index}@example.com`);
  await expect(studio.deliver({ recipients })).rejects.toThrow('at most 300 mails');
  await giveAllBack(pat, { budget, wanted: budget.quota });
});

test('the mail names the last day as the sender wrote it', async () => {
  if (pat.actor.type !== 'user') throw new Error('a person is a user');
  const { userId } = pat.actor;
  await pat.db.insert(notificationSettings).values({ userId, timeZone: 'America/New_York' });
  const expiresAt = new Date('2100-05-02T03:59:59Z');
  const { id } = await studio.deliver({ recipients: ['zoe@example.com'], expiresAt });
  expect(await mailed(id)).toEqual(['zoe@example.com']);
  const [row] = await pat.db.select().from(mail).where(eq(mail.recipient, 'zoe@example.com'));
  expect(row?.text).toContain('good until 1 May 2100 at 23:59 (America/New_York).');
});

test('a comment that is taken back is noted, with the answers that went along', async () => {
  const { id, url } = await studio.deliver();
  const visitor = galleryBrowser(pat);
  await visitor.open(url);
  const said = await visitor.post(`/api/gallery/${id}/comments`, { name: 'Ann', body: 'Hm' });
  const { id: commentId } = (await said.json()) as { id: string };
  await answerComment(pat, { commentId, body: 'Yes?' });
  const told: object[] = [];
  const pubsub = {
    ...pat.pubsub,
    publish: async (_db: unknown, ...rest: unknown[]) => void told.push(rest),
  };
  const watched = galleryBrowser(pat, { ...pat, actor: { type: 'anonymous' }, pubsub });
  for (const [name, value] of visitor.cookies) watched.cookies.set(name, value);
  const path = `/api/gallery/${id}/comments/${commentId}`;
  expect((await watched.ask(path, { method: 'DELETE' })).status).toBe(200);
  expect(told).toHaveLength(1);
  const noted = await pat.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, id), eq(auditEntry.action, 'delivery.comment_removed')));
  expect(noted.map(({ data }) => data)).toMatchObject([{ commentId, answers: 1 }]);
  expect((await visitor.ask(path, { method: 'DELETE' })).status).toBe(404);
});

test('browsers that leave no mark are forgotten, those that did are kept and counted', async () => {
  const { id, url, photos } = await studio.deliver();
  const photoId = photos[0]?.id ?? '';
  const friend = galleryBrowser(pat);
  await friend.open(url);
  await friend.post(`/api/gallery/${id}/favourite`, { photoId, on: true });
  const old = new Date(Date.now() - 86_400_000);
  await pat.db.insert(galleryVisitor).values(
    Array.from({ length: 600 }, (_, index) => ({
      ...{ id: `vis_silent_${index}`, deliveryId: id, lastSeenAt: old, createdAt: old },
      name: index === 0 ? 'Ann' : null,
    })),
  );
  await pat.db
    .update(galleryVisitor)
    .set({ lastSeenAt: new Date(0) })
    .where(and(eq(galleryVisitor.deliveryId, id), notLike(galleryVisitor.id, 'vis_silent_%')));
  await galleryBrowser(pat).open(url);
  // 500 silent ones, the newest among them; Ann; and who likes a photo.
  expect(await pat.db.$count(galleryVisitor, eq(galleryVisitor.deliveryId, id))).toBe(502);
  expect((await studio.find(id)).photos[0]?.favourites).toBe(1);
  expect((await friend.open(url)).photos[0]?.favourite).toBe(true);
  expect((await studio.find(id)).visitors[0]?.favourites).toHaveLength(1);
});

test('a thousand people leave marks in a gallery; who comes later looks on, and is told so', async () => {
  const { id, url, photos } = await studio.deliver();
  const [photoId, otherId] = photos.map((photo) => photo.id);
  const at = (path: string) => `/api/gallery/${id}/${path}`;
  const now = new Date();
  const row = (index: number) => ({
    ...{ id: `vis_crowd_${index}`, deliveryId: id, lastSeenAt: now, createdAt: now },
    ...(index < 999 ? { name: 'Ann' } : { downloads: 1 }),
  });
  await pat.db.insert(galleryVisitor).values(Array.from({ length: 2_100 }, (_, n) => row(n)));
  const [last, late] = [galleryBrowser(pat), galleryBrowser(pat)];
  await last.open(url);
  await late.open(url);
  // 999 with a name, 1,000 of those who only downloaded, and the two.
  expect(await pat.db.$count(galleryVisitor, eq(galleryVisitor.deliveryId, id))).toBe(2_001);
  const marks = [
    ['favourite', { photoId, on: true }],
    ['comments', { name: 'Zoe', body: 'Nice', photoId }],
    ['decide', { name: 'Zoe', decision: 'approved' }],
  ] as const;
  const [like] = marks;
  expect((await last.post(at(like[0]), like[1])).status).toBe(200);
  for (const [path, body] of marks) {
    const refused = await late.post(at(path), body);
    expect(refused.status, path).toBe(409);
    expect(await refused.text()).toContain('Expected at most 1000 people who mark photos');
  }
  expect((await late.open(url)).photos).toHaveLength(2);
  // Who was one of them before still is, under a name, too.
  expect((await last.post(at('favourite'), { photoId: otherId, on: true })).status).toBe(200);
  for (const [path, body] of marks.slice(1))
    expect((await last.post(at(path), body)).status, path).toBe(200);
});

test('a job of an earlier version, which names no recipients, tells those that the delivery has', async () => {
  const { id } = await studio.deliver({ recipients: ['old@example.com', 'two@example.com'] });
  studio.world.enqueued.splice(0);
  const payload = announceDeliveryJob.payload.parse({ deliveryId: id, linkNumber: 1, number: 7 });
  await announceDelivery(studio.world.system, payload);
  expect(await mailed(id)).toEqual(['old@example.com', 'two@example.com']);
});

test('whoever clicks all day fills nobody’s mailbox: the same word again is no news, and an hour has sixty', async () => {
  const { id, url, photos } = await studio.deliver();
  const visitor = galleryBrowser(pat);
  await visitor.open(url);
  const organizationId = await organizationOf();
  const told = () =>
    pat.db.$count(
      notice,
      and(eq(notice.organizationId, organizationId), like(notice.kind, 'gallery_%')),
    );
  const before = await told();
  const decide = async (decision: 'approved' | 'changes') => {
    const body = { name: 'Ann', photoId: photos[0]?.id, decision };
    expect((await visitor.post(`/api/gallery/${id}/decide`, body)).status).toBe(200);
  };
  for (const decision of ['approved', 'approved', 'changes', 'changes'] as const)
    await decide(decision);
  expect(await told()).toBe(before + 2);
  const [row] = await pat.db.select().from(delivery).where(eq(delivery.id, id));
  if (row === undefined) throw new Error('the delivery has no row');
  const budget = noticeBudget(row);
  for (let left = 0; left < budget.quota; left += 1) await takeAll(pat, { budget, wanted: 1 });
  await decide('approved');
  const said = await visitor.post(`/api/gallery/${id}/comments`, { name: 'Ann', body: 'Hm' });
  expect(said.status).toBe(200);
  expect(await told()).toBe(before + 2);
  // It is all there to be seen.
  const { photos: now, comments } = await studio.find(id);
  expect(now[0]?.decided).toMatchObject({ decision: 'approved', by: 'Ann' });
  expect(comments).toHaveLength(1);
});

test('links that are over leave room for new ones, up to an end', async () => {
  const { id } = await studio.deliver();
  const [row] = await pat.db.select().from(delivery).where(eq(delivery.id, id));
  if (row === undefined) throw new Error('the delivery has no row');
  const note = 'one of many';
  const add = (count: number, change: Partial<typeof row>) =>
    pat.db.insert(delivery).values(
      Array.from({ length: count }, () => {
        const own = newId('dlv');
        return { ...row, id: own, tokenHash: own, message: note, ...change };
      }),
    );
  await add(60, { revokedAt: new Date() });
  await add(60, { expiresAt: new Date(Date.now() - 1000) });
  await studio.deliver();
  await add(50, {});
  await expect(studio.deliver()).rejects.toThrow('at most 50 open links');
  const isAdded = eq(delivery.message, note);
  await pat.db.update(delivery).set({ revokedAt: new Date() }).where(isAdded);
  await studio.deliver();
  await add(330, { revokedAt: new Date() });
  await expect(studio.deliver()).rejects.toThrow('at most 500 links');
  await pat.db.delete(delivery).where(isAdded);
});
