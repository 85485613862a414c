import { afterAll, beforeAll, expect, test } from 'vitest';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { revokeDelivery } from './revoke.ts';
import { updateDelivery } from './update.ts';
import { visitorFavourites } from './visitor-favourites.ts';

let studio: GalleryStudio;
beforeAll(async () => {
  studio = await openGalleryStudio();
});
afterAll(() => studio.close());

/** A link that Ann and somebody without a name opened; each likes another photo. */
async function liked(terms: Parameters<GalleryStudio['deliver']>[0] = {}) {
  const { pat, deliver, find } = studio;
  const { url, id } = await deliver(terms);
  const [ann, other] = [galleryBrowser(pat), galleryBrowser(pat)];
  const { photos } = await ann.open(url);
  await other.open(url);
  const at = (path: string) => `/api/gallery/${id}/${path}`;
  const [first, second] = photos.map((photo) => photo.id);
  await ann.post(at('favourite'), { photoId: second, on: true });
  await ann.post(at('comments'), { name: 'Ann Ö.', body: 'These!' });
  await other.post(at('favourite'), { photoId: first, on: true });
  const { visitors, photos: delivered } = await find(id);
  const visitor = visitors.find(({ name }) => name === 'Ann Ö.');
  if (visitor === undefined || second === undefined) throw new Error('Ann was not counted');
  return { id, url, first, second, visitor, visitors, delivered };
}

/** The browser of somebody in the studio, and what they are sent. */
async function download(ctx: GalleryStudio['pat'], visitorId: string, size = 'web') {
  const path = `/media/visitors/${visitorId}/favourites/${size}`;
  return galleryBrowser(studio.pat, ctx).ask(path);
}

const namesIn = async (response: Response): Promise<string[]> => {
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
  return ['12-main-street-01.jpg', '12-main-street-02.jpg'].filter((name) => text.includes(name));
};

test('the studio sees what each client likes, and takes it as scenes and as an archive of its own', async () => {
  const { pat, prepare, find, listingId } = studio;
  const { id, first, second, visitor, visitors, delivered } = await liked();
  expect(visitors.map(({ favourites }) => favourites)).toEqual(
    expect.arrayContaining([[second], [first]]),
  );
  expect(await visitorFavourites(pat, { visitorId: visitor.id })).toEqual({
    ...{ visitorId: visitor.id, name: 'Ann Ö.', listingId },
    sceneIds: [delivered[1]?.sceneId],
  });
  expect((await download(pat, visitor.id)).status).toBe(409);
  await prepare();
  const archive = await download(pat, visitor.id);
  expect([archive.status, archive.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="12-main-street-favourites-ann-o-web.zip"',
  ]);
  expect(await namesIn(archive)).toEqual(['12-main-street-02.jpg']);
  // It is the studio that looked, and no client.
  expect((await find(id)).visitors.map(({ downloads }) => downloads)).toEqual([0, 0]);
  // What clients may not have is not offered here either.
  for (const size of ['mls', 'proof', '__proto__'])
    expect((await download(pat, visitor.id, size)).status, size).toBe(404);
  // What they said outlives the link.
  await revokeDelivery(pat, { deliveryId: id });
  expect((await download(pat, visitor.id)).status).toBe(200);
});

test('until it is paid the archive has the watermark alone, as the offer says', async () => {
  const { pat, prepare, find } = studio;
  const { id, visitor } = await liked({ watermark: true });
  await prepare();
  expect((await find(id)).offered.map(({ name, label }) => [name, label])).toEqual([
    ['web', 'Preview'],
  ]);
  expect((await download(pat, visitor.id, 'web')).status).toBe(200);
  expect((await download(pat, visitor.id, 'original')).status).toBe(402);
  await updateDelivery(pat, { deliveryId: id, paid: true });
  await prepare();
  expect((await find(id)).offered.map(({ name }) => name)).toEqual(['web', 'original']);
  expect((await download(pat, visitor.id, 'original')).status).toBe(200);
});

test('to strangers there is no visitor, and what a gallery gives its clients opens nothing here', async () => {
  const { pat, world, prepare } = studio;
  const { visitor, url } = await liked();
  await prepare();
  const stranger = await world.person();
  const visitorId = visitor.id;
  await expect(visitorFavourites(stranger, { visitorId })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await download(stranger, visitorId)).status).toBe(404);
  expect((await download({ ...pat, actor: { type: 'anonymous' } }, visitorId)).status).toBe(401);
  const ann = galleryBrowser(pat);
  const { ticket } = await ann.open(url);
  expect((await ann.ask(`/media/visitors/${visitorId}/favourites/web?${ticket}`)).status).toBe(401);
});
