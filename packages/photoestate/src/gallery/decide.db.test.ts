import { notice } from '@repo/foundation/notification';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';

let studio: GalleryStudio;
beforeAll(async () => {
  studio = await openGalleryStudio();
});
afterAll(() => studio.close());

test('who approves all while changes are asked for says what becomes of those', async () => {
  const { pat, deliver, find } = studio;
  const { url, id } = await deliver();
  const [ann, bob] = [galleryBrowser(pat), galleryBrowser(pat)];
  const { photos } = await ann.open(url);
  await bob.open(url);
  const [photoId, other] = photos.map((photo) => photo.id);
  const say = async (who: typeof ann, input: object) => {
    const response = await who.post(`/api/gallery/${id}/decide`, input);
    return { status: response.status, body: (await response.json()) as object };
  };
  const all = { name: 'Bob', decision: 'approved' };
  const asked = { decision: 'changes', note: 'Brighter', by: 'Ann' };
  await say(ann, { name: 'Ann', photoId, decision: 'changes', note: 'Brighter' });
  await say(ann, { name: 'Ann', decision: 'changes' });
  // Bob's page does not know of it: he is asked, and nothing was decided, by him as little as by his name.
  const unasked = await say(bob, all);
  const details = { photos: [{ id: photoId, decided: asked }] };
  expect(unasked).toMatchObject({ status: 409, body: { error: { code: 'conflict', details } } });
  expect((await say(bob, { ...all, open: 'somehow' })).status).toBe(400);
  const before = await find(id);
  expect(before).toMatchObject({
    decided: { decision: 'changes', by: 'Ann' },
    photos: [{ decided: asked }, { decided: null }],
  });
  expect(before.visitors.map(({ name }) => name)).not.toContain('Bob');

  const approved = { decision: 'approved', note: null, by: 'Bob' };
  const left = await say(bob, { ...all, open: 'leave' });
  const others = [{ id: other, decided: approved }];
  expect(left).toMatchObject({ status: 200, body: { decided: null, photos: others } });
  expect(await find(id)).toMatchObject({
    decided: null,
    photos: [{ decided: asked }, { decided: approved }],
  });
  const [told] = await pat.db
    .select()
    .from(notice)
    .where(and(eq(notice.kind, 'gallery_approved'), sql`${notice.title} like '%but 1%'`));
  expect(told?.title).toContain('Bob approved all photos but 1');

  await say(ann, { name: 'Ann', photoId: other, decision: 'changes' });
  // There are no others.
  expect((await say(bob, { ...all, open: 'leave' })).status).toBe(409);
  // Ann asked for the other after Bob's page was drawn: what he has not seen he does not approve.
  const more = await say(bob, { ...all, open: 'approve', seen: [photoId] });
  expect(more).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict', details: { photos: [{ id: photoId }, { id: other }] } } },
  });
  expect((await find(id)).photos).toMatchObject([
    { decided: asked },
    { decided: { decision: 'changes' } },
  ]);
  const seen = [photoId, other];
  expect((await say(bob, { ...all, open: 'approve', seen })).status).toBe(200);
  expect(await find(id)).toMatchObject({
    decided: approved,
    photos: [{ decided: approved }, { decided: approved }],
  });
});
