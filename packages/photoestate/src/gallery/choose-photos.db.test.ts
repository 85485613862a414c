import { openMailer } from '@repo/foundation/mail';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { mergeScenes } from '../scene/merge.ts';
import { finishScenes } from '../testing/deliver.ts';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { addScenes } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createDelivery } from './create.ts';
import { listDeliveries } from './list.ts';
import { deliveryPhoto } from './table.ts';
import { updateDelivery } from './update.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

const bytes = new Uint8Array([1]);
const choices = (...ids: string[]) => ids.map((sceneId) => ({ sceneId }));

/** Finished scenes, delivered, with what Ann said of each photo, and whether she likes it. */
async function delivered(count: number, shown: (scenes: string[]) => string[]) {
  const listingId = await newListing(pat);
  const scenes = await addScenes(pat, listingId, count);
  const finish = () => finishScenes(world, pat, { listingId, bytes });
  await finish();
  const { id } = await createDelivery(pat, { listingId, photos: choices(...shown(scenes)) });
  const find = async () => {
    const [found] = (await listDeliveries(pat, { listingId })).deliveries;
    if (found?.url == null) throw new Error('the delivery has no link');
    return { ...found, url: found.url };
  };
  const ann = galleryBrowser(pat);
  const { photos } = await ann.open((await find()).url);
  for (const [index, { id: photoId }] of photos.entries()) {
    const said = { name: 'Ann', body: `of ${index + 1}`, photoId, spot: { x: 0.5, y: 0.5 } };
    expect((await ann.post(`/api/gallery/${id}/comments`, said)).status).toBe(200);
    await ann.post(`/api/gallery/${id}/favourite`, { photoId, on: true });
  }
  /** What is said of each photo, in their order, and who likes it. */
  const words = async () => {
    const { photos: now, comments } = await find();
    return now.map(({ id: photoId, sceneId, favourites }) => ({
      sceneId,
      favourites,
      said: comments
        .filter((comment) => comment.photoId === photoId)
        .map(({ body }) => body)
        .sort(),
    }));
  };
  return { id, scenes, finish, find, words };
}

test('what was said of two photos that became one scene is said of its photo', async () => {
  const { id, scenes, finish, words } = await delivered(4, (all) => all);
  const [one = '', two = '', three = '', four = ''] = scenes;
  await mergeScenes(pat, { sceneId: two, fromSceneIds: [one] });
  await finish();
  await updateDelivery(pat, { deliveryId: id, photos: choices(three, two) });
  expect(await words()).toEqual([
    { sceneId: three, favourites: 1, said: ['of 3'] },
    { sceneId: two, favourites: 1, said: ['of 1', 'of 2'] },
  ]);
  // What is not delivered any more because somebody chose so takes what was said along.
  await updateDelivery(pat, { deliveryId: id, photos: choices(two, three, four) });
  expect((await words()).at(-1)).toEqual({ sceneId: four, favourites: 0, said: [] });
});

test('a photo whose scene ended in one that was not delivered stays that photo, to be approved again', async () => {
  const { id, scenes, finish, find, words } = await delivered(3, ([one = '']) => [one]);
  const [one = '', two = ''] = scenes;
  const before = (await find()).photos[0]?.id ?? '';
  await pat.db
    .update(deliveryPhoto)
    .set({ decision: 'approved', title: 'Kitchen' })
    .where(eq(deliveryPhoto.id, before));
  await mergeScenes(pat, { sceneId: two, fromSceneIds: [one] });
  await finish();
  await updateDelivery(pat, { deliveryId: id, photos: choices(two) });
  expect(await words()).toEqual([{ sceneId: two, favourites: 1, said: ['of 1'] }]);
  expect((await find()).photos).toMatchObject([{ id: before, title: 'Kitchen', decided: null }]);
});

test('who delivers is told whether mails leave this server', async () => {
  const listingId = await newListing(pat);
  const mailer = openMailer({ url: 'smtp://127.0.0.1:9', from: 'studio@example.com' });
  const isMailed = async (ctx: Context) => (await listDeliveries(ctx, { listingId })).isMailed;
  expect(await isMailed(pat)).toBe(false);
  expect(await isMailed({ ...pat, mailer })).toBe(true);
  mailer?.close();
});
