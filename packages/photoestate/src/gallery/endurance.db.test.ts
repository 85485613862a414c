import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getListing } from '../listing/get.ts';
import { appRouter } from '../router.ts';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { markAgain } from './mark-again.ts';
import { updateDelivery } from './update.ts';

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
