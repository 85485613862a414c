import { createHash } from 'node:crypto';

import { newId } from '@repo/foundation/ids';
import { mail } from '@repo/foundation/mail';
import { notice } from '@repo/foundation/notification';
import { member } from '@repo/foundation/organization';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createMetrics } from '@repo/foundation/telemetry';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getListing } from '../listing/get.ts';
import { galleryBrowser, tokenIn } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { newListing } from '../testing/shoot.ts';
import type { World } from '../testing/world.ts';
import { announceDelivery } from './announce-by-job.ts';
import { createDelivery } from './create.ts';
import { listDeliveredToMe } from './delivered-to-me.ts';
import { guessBudgets } from './guess-budgets.ts';
import { answerComment, moderateComment } from './moderate.ts';
import { renewLink, revokeDelivery } from './revoke.ts';
import type { Gallery } from './schema.ts';
import { delivery } from './table.ts';
import { updateDelivery } from './update.ts';

let studio: GalleryStudio;
let world: World;
let pat: Context;
let picture: Uint8Array;
let listingId: string;
let deliver: GalleryStudio['deliver'];
let find: GalleryStudio['find'];
let prepare: GalleryStudio['prepare'];

beforeAll(async () => {
  studio = await openGalleryStudio();
  ({ world, pat, picture, listingId, deliver, find, prepare } = studio);
});
afterAll(() => studio.close());
beforeEach(() => world.enqueued.splice(0));

const browser = (ctx?: Context) => galleryBrowser(pat, ctx);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('a listing is delivered by a link whose token is nowhere stored', async () => {
  const { url, id } = await deliver({ message: 'Enjoy', recipients: ['Ann@Example.com'] });
  expect((await getListing(pat, { listingId })).status).toBe('delivered');
  const { rows } = await pat.db.execute(sql`select to_jsonb(d) as row from delivery d`);
  expect(JSON.stringify(rows)).not.toContain(tokenIn(url));
  expect(tokenIn(url)).toMatch(/^[0-9a-f]{32}$/);

  const gallery = await browser().open(url);
  expect(gallery).toMatchObject({ address: '12 Main Street', message: 'Enjoy', locked: false });
  expect(gallery.photos.map(({ name }) => name)).toEqual([
    '12-main-street-01',
    '12-main-street-02',
  ]);
  // Nothing of it names what the studio calls its things.
  expect(JSON.stringify(gallery)).not.toMatch(/lst_|scn_|enh_|pho_|org_|usr_|file_|ann@/);
  const [visitor] = (await find(id)).visitors;
  expect(visitor).toMatchObject({ opened: 1, name: null });

  const announced = {
    ...{ deliveryId: id, linkNumber: 1, number: 1 },
    recipients: ['ann@example.com'],
  };
  await announceDelivery(world.system, announced);
  await announceDelivery(world.system, announced);
  const mails = await pat.db.select().from(mail).where(eq(mail.recipient, 'ann@example.com'));
  expect(mails.map(({ text }) => text.includes(url))).toEqual([true]);
});

test('what was never there, is over, revoked or replaced has one answer, pictures at once, too', async () => {
  const alive = await deliver();
  const visitor = browser();
  const { id, ticket, photos } = await visitor.open(alive.url);
  const shown = `/media/galleries/${id}/${photos[0]?.id}/view/480?${ticket}`;
  expect((await visitor.ask(shown)).status).toBe(200);
  const answers = async () => {
    const open = await browser().post('/api/gallery/open', { token: tokenIn(alive.url) });
    const picture = await visitor.ask(shown);
    const comment = await visitor.post(`/api/gallery/${id}/comments`, { name: 'A', body: 'B' });
    const { error } = (await open.json()) as { error: { message: string } };
    return { codes: [open.status, picture.status, comment.status], message: error.message };
  };
  const never = await browser().post('/api/gallery/open', { token: 'f'.repeat(32) });
  const { error } = (await never.json()) as { error: { message: string } };
  const gone = { codes: [404, 404, 404], message: error.message };
  const soon = new Date(Date.now() + 60_000);
  await updateDelivery(pat, { deliveryId: id, expiresAt: new Date(Date.now() - 1) });
  expect(await answers()).toEqual(gone);
  await updateDelivery(pat, { deliveryId: id, expiresAt: soon });
  expect((await visitor.ask(shown)).status).toBe(200);
  await revokeDelivery(pat, { deliveryId: id });
  expect(await answers()).toEqual(gone);
  world.enqueued.splice(0);
  await renewLink(pat, { deliveryId: id });
  // What was asked for in vain while it was revoked.
  expect(world.enqueued.map(({ name }) => name)).toEqual(['delivery.prepare', 'delivery.prepare']);
  expect(await answers()).toEqual(gone);
  const { url } = await find(id);
  expect(url).not.toBe(alive.url);
  await browser().open(url);
  // A ticket that is changed anywhere is none; nor is that of another gallery.
  const other = await deliver();
  const fresh = await browser().open(url);
  for (const wrong of [fresh.ticket.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), '']) {
    expect(
      (await visitor.ask(`/media/galleries/${id}/${photos[0]?.id}/view/480?${wrong}`)).status,
    ).toBe(404);
  }
  const crossed = `/media/galleries/${other.id}/${photos[0]?.id}/view/480?${fresh.ticket}`;
  expect((await visitor.ask(crossed)).status).toBe(404);
});

test('a PIN is asked for once by each browser, and guessing ends', async () => {
  const { url, id } = await deliver({ pin: '4711' });
  const [row] = await pat.db.select().from(delivery).where(eq(delivery.id, id));
  expect(row?.pinHash).not.toContain('4711');
  const friend = browser();
  const open = (who: ReturnType<typeof galleryBrowser>, pin?: string) =>
    who.post('/api/gallery/open', { token: tokenIn(url), pin });
  const codeOf = async (response: Response) =>
    ((await response.json()) as { error: { code: string } }).error.code;
  expect(await codeOf(await open(friend))).toBe('pin_required');
  expect((await open(friend, '4711')).status).toBe(200);
  expect((await open(friend)).status).toBe(200);
  const thief = browser();
  const seen: string[] = [];
  for (let guess = 0; guess < 12; guess += 1) seen.push(await codeOf(await open(thief, '0000')));
  expect(seen.filter((code) => code === 'pin_wrong')).toHaveLength(10);
  expect(seen.slice(10)).toEqual(['rate_limited', 'rate_limited']);
  // From many addresses, too: what one link takes is limited by itself.
  const metrics = createMetrics('guesses');
  const limiter = createRateLimiter({ db: pat.db, log: pat.log, metrics });
  const [, ofLink] = guessBudgets(null, tokenIn(url));
  let left = 0;
  while ((await limiter.take(ofLink === undefined ? [] : [ofLink], 'pass')).refused === null)
    left += 1;
  expect(left).toBeLessThanOrEqual(21);
  expect(await codeOf(await open(browser(), '4711'))).toBe('rate_limited');
  // A new PIN puts everybody out.
  await updateDelivery(pat, { deliveryId: id, pin: '123456' });
  expect(await codeOf(await open(friend))).toBe('pin_required');
  await expect(deliver({ pin: '12' })).rejects.toThrow('4 to 12 digits');
});

test('the archive has every photo by its name, and goes on where it was cut', async () => {
  const { url, id } = await deliver();
  const visitor = browser();
  const { ticket, photos } = await visitor.open(url);
  const zip = `/media/galleries/${id}/zip/web?${ticket}`;
  const early = await visitor.ask(zip);
  expect(early.status).toBe(409);
  expect(early.headers.get('retry-after')).toBe('5');
  await prepare();
  expect((await find(id)).prepared).toBe(2);
  const whole = await visitor.ask(zip);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-disposition')).toContain('12-main-street-web.zip');
  const bytes = await bytesOf(whole);
  expect(whole.headers.get('content-length')).toBe(String(bytes.length));
  const listed = Buffer.from(bytes).toString('latin1');
  for (const { name } of photos) expect(listed).toContain(`${name}.jpg`);
  const tag = whole.headers.get('etag') ?? '';
  const rest = await visitor.ask(zip, { headers: { range: 'bytes=500-', 'if-range': tag } });
  expect(rest.status).toBe(206);
  expect(Buffer.from(await bytesOf(rest)).equals(Buffer.from(bytes.subarray(500)))).toBe(true);
  const other = await visitor.ask(zip, { headers: { range: 'bytes=500-', 'if-range': '"x"' } });
  expect(other.status).toBe(200);
  await other.body?.cancel();
  expect((await visitor.ask(zip, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(
    416,
  );

  const one = `/media/galleries/${id}/${photos[0]?.id}/download/original?${ticket}`;
  const original = await visitor.ask(one);
  expect(digest(await bytesOf(original))).toBe(digest(picture));
  expect(original.headers.get('content-disposition')).toContain('12-main-street-01.jpg');
  for (const size of ['mls', 'constructor', '__proto__', 'proof'])
    expect((await visitor.ask(one.replace('original', size))).status, size).toBe(404);
  expect((await find(id)).visitors[0]?.downloads).toBeGreaterThanOrEqual(3);

  // Favourites are those of one browser, and keep the names that they have among all.
  const liked = `/media/galleries/${id}/zip/web?only=favourites&${ticket}`;
  expect((await visitor.ask(liked)).status).toBe(404);
  await visitor.post(`/api/gallery/${id}/favourite`, { photoId: photos[1]?.id, on: true });
  const some = Buffer.from(await bytesOf(await visitor.ask(liked))).toString('latin1');
  expect(photos.map(({ name }) => some.includes(`${name}.jpg`))).toEqual([false, true]);
  const others = browser();
  await others.open(url);
  expect((await others.ask(liked)).status).toBe(404);
});

test('until it is paid every address shows the watermark or nothing', async () => {
  const { url, id } = await deliver({ watermark: true });
  const visitor = browser();
  const { ticket, photos, locked, sizes } = await visitor.open(url);
  expect(locked).toBe(true);
  expect(sizes.map(({ name }) => name)).toEqual(['web']);
  const [photo] = photos;
  const at = (rest: string) => `/media/galleries/${id}/${rest}?${ticket}`;
  expect((await visitor.ask(at(`${photo?.id}/view/480`))).status).toBe(409);
  await prepare();
  const clean = new Set(
    [...world.slipway.stored.values()]
      .filter((bytes) => bytes.length === picture.length)
      .map(digest),
  );
  expect(clean.has(digest(picture))).toBe(true);
  const paths = ['view', 'before'].flatMap((side) =>
    ['480', '960', '1440', '2048'].map((width) => `${photo?.id}/${side}/${width}`),
  );
  for (const path of [...paths, 'cover', `${photo?.id}/download/web`]) {
    const response = await visitor.ask(at(path));
    expect(response.status, path).toBe(200);
    expect(clean.has(digest(await bytesOf(response))), path).toBe(false);
  }
  for (const path of [
    `${photo?.id}/download/original`,
    'zip/original',
    `${photo?.id}/download/print-a4`,
  ])
    expect((await visitor.ask(at(path))).status, path).toBe(402);
  // What another delivery had made without a watermark is no way around it.
  expect((await visitor.ask(at(`${photo?.id}/view/4096`))).status).toBe(404);

  await updateDelivery(pat, { deliveryId: id, paid: true });
  await prepare();
  const paid = await visitor.ask(at(`${photo?.id}/download/original`));
  expect(digest(await bytesOf(paid))).toBe(digest(picture));
  await updateDelivery(pat, { deliveryId: id, paid: false });
  expect((await visitor.ask(at(`${photo?.id}/download/original`))).status).toBe(402);
});

test('clients favourite, comment and decide; the studio answers, resolves and takes out of sight', async () => {
  const { url, id } = await deliver();
  const [ann, bob] = [browser(), browser()];
  const { photos } = await ann.open(url);
  await bob.open(url);
  const photoId = photos[0]?.id ?? '';
  const at = (path: string) => `/api/gallery/${id}/${path}`;
  for (const on of [true, true, false, true]) await ann.post(at('favourite'), { photoId, on });
  await bob.post(at('favourite'), { photoId, on: true });
  expect((await find(id)).photos[0]?.favourites).toBe(2);
  expect((await ann.open(url)).photos.map(({ favourite }) => favourite)).toEqual([true, false]);

  const body = '<img src=x onerror=alert(1)>"\'&amp; <script>';
  const said = { name: 'Ann', body, photoId, spot: { x: 0.25, y: 0.75 } };
  const comment = (await (await ann.post(at('comments'), said)).json()) as { id: string };
  expect(comment).toMatchObject({ body, author: 'Ann', spot: { x: 0.25, y: 0.75 }, mine: true });
  expect((await bob.open(url)).comments[0]).toMatchObject({ body, mine: false, studio: false });
  for (const wrong of [
    { body: '' },
    { body: 'x'.repeat(2_001) },
    { body: 'a\u0000b' },
    { body: 'a\u202Eb' },
    { name: 'two\nlines' },
    { name: '' },
    { spot: { x: 1.1, y: 0 } },
    { photoId: null },
  ])
    expect((await ann.post(at('comments'), { ...said, ...wrong })).status).toBe(400);
  const foreign = (await browser().open((await deliver()).url)).photos[0]?.id;
  for (const path of ['comments', 'favourite', 'decide']) {
    const input = { ...said, photoId: foreign, on: true, decision: 'approved' };
    expect((await ann.post(at(path), input)).status, path).toBe(404);
  }
  expect((await bob.ask(at(`comments/${comment.id}`), { method: 'DELETE' })).status).toBe(404);

  await answerComment(pat, { commentId: comment.id, body: 'Done.' });
  await moderateComment(pat, { commentId: comment.id, resolved: true });
  expect((await ann.open(url)).comments).toMatchObject([
    { resolved: true },
    { studio: true, body: 'Done.', author: 'Pat', replyTo: comment.id },
  ]);
  await moderateComment(pat, { commentId: comment.id, hidden: true });
  expect((await ann.open(url)).comments).toEqual([]);

  await ann.post(at('decide'), { name: 'Ann', photoId, decision: 'changes', note: 'Brighter' });
  await bob.post(at('decide'), {
    name: 'Bob',
    decision: 'approved',
    open: 'approve',
    seen: [photoId],
  });
  expect(await find(id)).toMatchObject({
    decided: { decision: 'approved', by: 'Bob' },
    photos: [{ decided: { decision: 'approved', note: null, by: 'Bob' } }, { decided: null }],
  });
  // Without the cookie that opening gave nobody writes anything.
  expect((await browser().post(at('comments'), said)).status).toBe(404);
});

test('a signed-in client sees what was delivered to their address, and nothing else', async () => {
  const { organizationId } = await getListing(pat, { listingId });
  const join = async (role: string) => {
    const person = await world.person();
    if (person.actor.type !== 'user') throw new Error('a person is a user');
    const { userId, email } = person.actor;
    await pat.db.insert(member).values({ organizationId, userId, role });
    return { person, userId, email, browser: browser(person) };
  };
  const [client, other, agent] = [await join('client'), await join('client'), await join('agent')];
  const mine = await deliver({ recipients: [client.email] });
  const foreign = await deliver({ recipients: ['somebody@example.com'] });
  const ids = async (ctx: Context) => (await listDeliveredToMe(ctx)).map(({ id }) => id);
  expect(await ids(client.person)).toEqual([mine.id]);
  expect(await ids(other.person)).toEqual([]);
  const open = (who: typeof client, id: string) => who.browser.post(`/api/gallery/${id}/open`);
  const opened = await open(client, mine.id);
  expect(opened.status).toBe(200);
  const { ticket, photos } = (await opened.json()) as Gallery;
  expect((await open(client, foreign.id)).status).toBe(404);
  expect((await open(other, mine.id)).status).toBe(404);
  expect((await browser(await world.person()).post(`/api/gallery/${mine.id}/open`)).status).toBe(
    404,
  );
  // The studio looks at its own without being counted.
  expect((await open(agent, mine.id)).status).toBe(200);
  expect((await find(mine.id)).visitors.map(({ name }) => name)).toEqual(['Pat']);

  const shown = `/media/galleries/${mine.id}/${photos[0]?.id}/view/480?${ticket}`;
  expect((await browser().ask(shown)).status).toBe(200);
  const membership = and(
    eq(member.userId, client.userId),
    eq(member.organizationId, organizationId),
  );
  await pat.db.delete(member).where(membership);
  expect((await browser().ask(shown)).status).toBe(404);
  expect((await open(client, mine.id)).status).toBe(404);
  expect(await ids(client.person)).toEqual([]);
});

test('nothing is delivered before something is finished', async () => {
  const empty = await newListing(pat, '9 Ash Road');
  await expect(createDelivery(pat, { listingId: empty })).rejects.toMatchObject({
    code: 'nothing_to_deliver',
  });
  expect((await getListing(pat, { listingId: empty })).status).toBe('draft');
});

test('who changes a delivery that somebody else changed meanwhile is told, and nothing of it is saved', async () => {
  const { id } = await deliver();
  const { updatedAt } = await find(id);
  await updateDelivery(pat, { deliveryId: id, message: 'From one tab', updatedAt });
  const late = updateDelivery(pat, { deliveryId: id, branded: false, pin: '4711', updatedAt });
  await expect(late).rejects.toMatchObject({ code: 'conflict' });
  expect(await find(id)).toMatchObject({ message: 'From one tab', branded: true, hasPin: false });
  const now = (await find(id)).updatedAt;
  await updateDelivery(pat, { deliveryId: id, branded: false, updatedAt: now });
  expect(await find(id)).toMatchObject({ message: 'From one tab', branded: false });
});

test('a comment whose answer was lost is sent again: there is one, and the studio is told once', async () => {
  const { url, id } = await deliver();
  const zoe = browser();
  await zoe.open(url);
  const comment = { id: newId('cmt'), name: 'Zoe', body: 'Brighter, please' };
  const send = (from: typeof zoe) => from.post(`/api/gallery/${id}/comments`, comment);
  const answers = await Promise.all([send(zoe), send(zoe), send(zoe)]);
  for (const answer of answers)
    expect(await answer.json()).toMatchObject({ id: comment.id, author: 'Zoe', mine: true });
  expect((await find(id)).comments.map(({ body }) => body)).toEqual(['Brighter, please']);
  const told = await pat.db.select().from(notice).where(eq(notice.kind, 'gallery_commented'));
  expect(told.filter(({ title }) => title.includes('Zoe commented'))).toHaveLength(1);
  // The same name from somebody else is refused, and says nothing of what it is.
  const mallory = browser();
  await mallory.open(url);
  const refused = await send(mallory);
  expect(refused.status).toBe(409);
  expect(await refused.text()).not.toContain('Brighter');
  const made = await zoe.post(`/api/gallery/${id}/comments`, { ...comment, id: 'cmt_1' });
  expect(made.status).toBe(400);
});
