import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { claimWork } from '../enhancement/claim.ts';
import { recordResult } from '../enhancement/settle.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { createDelivery } from '../gallery/create.ts';
import { deliveryPhoto } from '../gallery/table.ts';
import { updateDelivery } from '../gallery/update.ts';
import { addPhoto } from '../photo/add.ts';
import { deletePhoto } from '../photo/delete.ts';
import { photo } from '../photo/table.ts';
import { appRouter } from '../router.ts';
import { mergeScenes } from '../scene/merge.ts';
import { addScenes, PRODUCED } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { cleanListing } from './clean.ts';
import { createListing } from './create.ts';
import { deleteListing } from './delete.ts';
import { idsOf } from './find-rows.ts';
import { lateToErase, recoverCleaning } from './recover-cleaning.ts';
import { ListListings } from './schema.ts';
import { listing } from './table.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const callerOf = (ctx: Context) => appRouter.createCaller(ctx);

async function organizationOf(ctx: Context): Promise<string> {
  return (await callerOf(ctx).session.me())?.organizations[0]?.id ?? '';
}

function userIdOf({ actor }: Context): string {
  if (actor.type !== 'user') throw new Error('a person is a user');
  return actor.userId;
}

const statusOf = async (ctx: Context, listingId: string) =>
  (await callerOf(ctx).listing.get({ listingId })).status;

test('a listing says what it is at, by what happened, and nobody else does', async () => {
  const pat = await world.person();
  const listingId = await newListing(pat);
  expect(await statusOf(pat, listingId)).toBe('draft');
  const file = world.slipway.put('a.jpg', new Uint8Array([1]), { kind: 'original', listingId });
  const photo = await addPhoto(pat, { listingId, file });
  expect(await statusOf(pat, listingId)).toBe('uploading');
  await deletePhoto(pat, { photoId: photo.id });
  expect(await statusOf(pat, listingId)).toBe('draft');
  const handOver = (deliveredAt: Date | null) =>
    pat.db.execute(sql`update listing set delivered_at = ${deliveredAt?.toISOString() ?? null}
      where id = ${listingId}`);
  const settle = async () => {
    const other = world.slipway.put('b.jpg', new Uint8Array([1]), { kind: 'original', listingId });
    await deletePhoto(pat, { photoId: (await addPhoto(pat, { listingId, file: other })).id });
    return statusOf(pat, listingId);
  };
  await handOver(new Date());
  expect(await settle()).toBe('delivered');
  await pat.db.execute(sql`
    insert into scene (id, listing_id) values (${`s-${listingId}`}, ${listingId})`);
  await pat.db.execute(sql`
    insert into enhancement
      (id, listing_id, scene_id, status, preset, options, input_photo_ids, created_by, finished_at)
    values (${`e-${listingId}`}, ${listingId}, ${`s-${listingId}`}, 'done', 'natural', '{}', '[]', ${userIdOf(pat)},
      now() + interval '1 minute')`);
  // What was finished after the delivery waits for somebody's eye again.
  expect(await settle()).toBe('review');
  await handOver(null);
  expect(await settle()).toBe('review');
});

test('what was delivered outlives its scene; delivering more makes the listing delivered again', async () => {
  const pat = await world.person();
  const listingId = await newListing(pat);
  const [one = '', two = '', three = '', second = '', third = '', gone = '', more = ''] =
    await addScenes(pat, listingId, 7);
  const finish = async (sceneId: string) => {
    const { id } = await enhanceScene(pat, { sceneId });
    const claim = await claimWork(world.system, id);
    if (claim !== null) await recordResult(world.system, claim, PRODUCED);
  };
  await mergeScenes(pat, { sceneId: one, fromSceneIds: [two, three] });
  await finish(one);
  await mergeScenes(pat, { sceneId: second, fromSceneIds: [one] });
  const photos = [{ sceneId: second }];
  const { id: deliveryId } = await createDelivery(pat, { listingId, photos, sizes: ['web'] });
  await mergeScenes(pat, { sceneId: third, fromSceneIds: [second] });
  const [frame] = await pat.db.select().from(photo).where(eq(photo.sceneId, gone));
  await deletePhoto(pat, { photoId: frame?.id ?? '' });
  await cleanListing(world.system, { listingId });
  expect(await pat.db.$count(deliveryPhoto, eq(deliveryPhoto.deliveryId, deliveryId))).toBe(1);
  await finish(more);
  expect(await statusOf(pat, listingId)).toBe('review');
  await updateDelivery(pat, { deliveryId, photos: [{ sceneId: third }, { sceneId: more }] });
  expect(await statusOf(pat, listingId)).toBe('delivered');
});

test('what was deleted is cleaned after all when its job was lost, an hour later', async () => {
  const pat = await world.person();
  const [whole, part, kept] = [await newListing(pat), await newListing(pat), await newListing(pat)];
  for (const id of [part, kept]) await addScenes(pat, id, 2);
  await deleteListing(pat, { listingId: whole });
  const [frame] = await pat.db.select().from(photo).where(eq(photo.listingId, part));
  await deletePhoto(pat, { photoId: frame?.id ?? '' });
  const asked = async (minutes: number) => {
    const { length } = world.enqueued;
    const now = () => new Date(Date.now() + minutes * 60_000);
    await recoverCleaning({ ...world.system, now });
    const ids = new Set(world.enqueued.slice(length).map(({ payload }) => payload));
    return [whole, part, kept].map((listingId) =>
      [...ids].some((payload) => JSON.stringify(payload) === JSON.stringify({ listingId })),
    );
  };
  expect(await asked(50)).toEqual([false, false, false]);
  expect(await asked(70)).toEqual([true, true, false]);
  await cleanListing(world.system, { listingId: whole });
  await cleanListing(world.system, { listingId: part });
  expect(await asked(70)).toEqual([false, false, false]);
});

test('fields are changed one by one, and the activity tells who changed which', async () => {
  const pat = await world.person();
  const { listing: listings } = callerOf(pat);
  const { id: listingId } = await listings.create({ address: '1 Elm Street', tags: ['Sea View'] });
  const agentId = userIdOf(pat);
  await listings.update({ listingId, mlsId: 'ML-1', shootDate: '2026-05-31' });
  await Promise.all([
    listings.update({ listingId, notes: 'Key under the mat.' }),
    listings.update({ listingId, agentId }),
  ]);
  await listings.update({ listingId, mlsId: 'ML-1' });
  expect(await listings.get({ listingId })).toMatchObject({
    address: '1 Elm Street',
    mlsId: 'ML-1',
    shootDate: '2026-05-31',
    notes: 'Key under the mat.',
    tags: ['sea view'],
    agent: { id: agentId, name: 'Pat' },
    status: 'draft',
  });
  await listings.archive({ listingIds: [listingId] });
  expect(await statusOf(pat, listingId)).toBe('archived');
  await listings.restore({ listingIds: [listingId] });
  for (let shot = 0; shot < 5; shot += 1) {
    const file = world.slipway.put(`${shot}.jpg`, new Uint8Array([1]), { listingId });
    await addPhoto(pat, { listingId, file });
  }
  const { items, nextCursor } = await listings.activity({ listingId });
  expect(nextCursor).toBeNull();
  expect(items.map(({ action, count, who }) => [action, count, who])).toEqual([
    ['photo.added', 5, 'Pat'],
    ['listing.restored', 1, 'Pat'],
    ['listing.archived', 1, 'Pat'],
    // Saying what is so already is no change.
    ['listing.updated', 3, 'Pat'],
    ['listing.created', 1, 'Pat'],
  ]);
  const stranger = await world.person();
  await expect(listings.update({ listingId, agentId: userIdOf(stranger) })).rejects.toMatchObject({
    message: expect.stringMatching(/agentId/),
  });
});

test('archiving is for all that are named or for none, and twice is once', async () => {
  const pat = await world.person();
  const stranger = await world.person();
  const mine = [await newListing(pat, 'A'), await newListing(pat, 'B')];
  const theirs = await newListing(stranger, 'C');
  const { listing: listings } = callerOf(pat);
  await expect(listings.archive({ listingIds: [...mine, theirs] })).rejects.toMatchObject({
    message: `There is no listing "${theirs}".`,
  });
  expect((await listings.list({})).items).toHaveLength(2);
  const both = await Promise.all([
    listings.archive({ listingIds: mine }),
    listings.archive({ listingIds: mine.toReversed() }),
  ]);
  expect(both.flatMap(({ listingIds }) => listingIds).sort()).toEqual(mine.toSorted());
  expect((await listings.list({})).items).toEqual([]);
  expect((await listings.list({ status: 'archived' })).items.map(({ id }) => id).sort()).toEqual(
    mine.toSorted(),
  );
  expect(await listings.restore({ listingIds: mine })).toEqual({ listingIds: mine.toSorted() });
  expect((await listings.list({})).items).toHaveLength(2);
});

test('views are a member’s own', async () => {
  const pat = await world.person();
  const organizationId = await organizationOf(pat);
  const { savedView } = callerOf(pat);
  const view = await savedView.save({ organizationId, name: 'Mine', query: '?status=review' });
  expect(await savedView.list({ organizationId })).toEqual([
    { id: view.id, name: 'Mine', query: 'status=review' },
  ]);
  const colleague = await world.person();
  await pat.db.execute(sql`insert into member (organization_id, user_id, role)
    values (${organizationId}, ${userIdOf(colleague)}, 'agent')`);
  expect(await callerOf(colleague).savedView.list({ organizationId })).toEqual([]);
  const ref = { organizationId, viewId: view.id };
  await expect(callerOf(colleague).savedView.delete(ref)).rejects.toMatchObject({
    message: expect.stringMatching(/You have no view/),
  });
  await savedView.delete(ref);
  expect(await savedView.list({ organizationId })).toEqual([]);
});

const MANY = 10_000;

/** Listings of two studios, of which each has as many. */
async function fill(organizationId: string, agentId: string): Promise<void> {
  await world.system.db.execute(sql`
    insert into listing (id, organization_id, address, mls_id, agent_id, shoot_date, tags, status,
      created_by, created_at, updated_at, archived_at)
    select 'lst_' || md5(${organizationId} || n), ${organizationId},
      (n * 7919 % 9973) || ' ' || (array['Oak', 'Elm', 'Maple', 'Birch'])[n % 4 + 1] || ' Street',
      'ML' || lpad(n::text, 6, '0'), case when n % 100 = 0 then ${agentId} end,
      case when n % 3 > 0 then date '2026-01-01' + n % 365 end,
      case when n % 50 = 0 then array['luxury', 'sea view'] else array['house'] end,
      (array['draft', 'review', 'delivered'])[n % 3 + 1], 'x',
      now() - n * interval '1 minute', now() - (n * 31 % ${MANY}) * interval '1 minute',
      case when n % 10 = 0 then now() end
    from generate_series(1, ${MANY}) n`);
}

test('10,000 listings: every order comes page by page without a gap, and by an index', async () => {
  const [pat, other] = [await world.person(), await world.person()];
  const organizationId = await organizationOf(pat);
  await fill(organizationId, userIdOf(pat));
  await fill(await organizationOf(other), userIdOf(other));
  await pat.db.execute(sql`analyze listing`);
  const { listing: listings } = callerOf(pat);

  for (const sort of ['created', 'changed', 'shoot', 'address'] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listings.list({
        sort,
        tag: 'house',
        limit: 100,
        ...(cursor && { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && seen.length < 500);
    const { rows } = await pat.db.execute<{ id: string }>(sql`
      select id from listing where organization_id = ${organizationId} and archived_at is null
        and tags @> array['house']
      order by ${
        {
          created: sql`created_at desc, id desc`,
          changed: sql`updated_at desc, id desc`,
          shoot: sql`shoot_date desc nulls last, id desc`,
          address: sql`lower(address), id`,
        }[sort]
      } limit 500`);
    expect(seen, sort).toEqual(rows.map(({ id }) => id));
    await expect(listings.list({ sort, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
      message: expect.stringMatching(/nextCursor/),
    });
  }

  const count = async (query: ListListings) => {
    let n = 0;
    let cursor: string | undefined;
    do {
      const page = await listings.list({ ...query, limit: 100, ...(cursor && { cursor }) });
      n += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return n;
  };
  // n % 50 = 0 without those that are archived, n % 10 = 0.
  expect(await count({ tag: 'luxury' })).toBe(0);
  expect(await count({ tag: 'luxury', status: 'archived' })).toBe(200);
  expect(await count({ agentId: userIdOf(pat), status: 'archived' })).toBe(100);
  expect(await count({ q: 'pat luxury', status: 'archived' })).toBe(100);
  expect(await count({ q: 'ml000123' })).toBe(1);
  expect(await count({ q: '100% _' })).toBe(0);
  expect(await count({ shotFrom: '2026-01-02', shotTo: '2026-01-02' })).toBe(
    await pat.db.$count(
      listing,
      sql`organization_id = ${organizationId} and shoot_date = '2026-01-02' and archived_at is null`,
    ),
  );
  expect((await callerOf(other).listing.list({ q: 'ml000123' })).items).toHaveLength(1);

  const questions: ListListings[] = [
    { sort: 'created' },
    { sort: 'changed' },
    { sort: 'shoot' },
    { sort: 'address' },
    { status: 'review' },
    { status: 'archived' },
    { tag: 'luxury' },
    { agentId: userIdOf(pat) },
    { q: 'ml000123' },
    { q: 'maple' },
    { shotFrom: '2026-03-01', shotTo: '2026-03-02', sort: 'shoot' },
  ];
  for (const question of questions) {
    const ids = await idsOf(pat.db, [organizationId], ListListings.parse(question));
    const { rows } = await pat.db.execute(sql`explain ${ids}`);
    expect(JSON.stringify(rows), JSON.stringify(question)).not.toContain('Seq Scan');
  }
}, 120_000);

test('what is to be erased is found by an index of that alone, in listings and photos', async () => {
  const pat = await world.person();
  const listingId = await newListing(pat);
  await pat.db.execute(sql`
    insert into photo (id, listing_id, file_id, name, size, type, position, uploaded_by, deleted_at)
    select 'pho_many_' || n, ${listingId}, 'file_many_' || n, 'a.jpg', 1, 'image/jpeg', n, 'usr_a',
      case when n % 5000 = 0 then now() - interval '2 hours' end
    from generate_series(1, 20000) n`);
  await pat.db.execute(sql`
    insert into listing (id, organization_id, address, created_by, deleted_at)
    select 'lst_many_' || n, ${await organizationOf(pat)}, 'A', 'usr_a',
      case when n % 5000 = 0 then now() - interval '2 hours' end
    from generate_series(1, 20000) n`);
  await pat.db.execute(sql`analyze photo, listing`);
  const { rows } = await pat.db.execute(sql`explain ${lateToErase(pat).getSQL()}`);
  const plan = JSON.stringify(rows);
  expect(plan).not.toContain('Seq Scan');
  expect(plan).toContain('photo_to_be_cleaned');
  expect(plan).toContain('listing_to_be_cleaned');
});

test('who belongs to two studios sees the listings of both, in one order', async () => {
  const [pat, other] = [await world.person(), await world.person()];
  const organizationId = await organizationOf(other);
  await pat.db.execute(sql`insert into member (organization_id, user_id, role)
    values (${organizationId}, ${userIdOf(pat)}, 'agent')`);
  await createListing(other, { address: 'B', organizationId });
  await createListing(pat, { address: 'A' });
  await createListing(pat, { address: 'C', organizationId });
  const { listing: listings } = callerOf(pat);
  const first = await listings.list({ sort: 'address', limit: 2 });
  const rest = await listings.list({ sort: 'address', cursor: first.nextCursor ?? '' });
  expect([...first.items, ...rest.items].map(({ address }) => address)).toEqual(['A', 'B', 'C']);
  // What agents add is theirs.
  expect(rest.items[0]?.agent?.id).toBe(userIdOf(pat));
  expect((await listings.list({ organizationId })).items).toHaveLength(2);
});
