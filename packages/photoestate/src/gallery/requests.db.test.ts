import { afterAll, beforeAll, expect, test } from 'vitest';
import { getListing } from '../listing/get.ts';
import { mergeScenes } from '../scene/merge.ts';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { personWith } from '../testing/subject.ts';
import { listDeliveries } from './list.ts';
import { answerComment, moderateComment } from './moderate.ts';
import { openRequests } from './requests.ts';
import { revokeDelivery } from './revoke.ts';

let studio: GalleryStudio;
beforeAll(async () => {
  studio = await openGalleryStudio();
});
afterAll(() => studio.close());

const asked = () => openRequests(studio.pat, { listingId: studio.listingId });

/** A link of two photos; Ann asks for a change of the second, pins a comment to it, and speaks of all. */
async function askedFor() {
  const { pat, deliver } = studio;
  const { url, id: deliveryId, photos: delivered } = await deliver();
  const ann = galleryBrowser(pat);
  const { photos } = await ann.open(url);
  const photoId = photos[1]?.id ?? '';
  const sceneId = delivered[1]?.sceneId ?? '';
  const post = async <T>(path: string, input: object): Promise<T> => {
    const response = await ann.post(`/api/gallery/${deliveryId}/${path}`, {
      name: 'Ann',
      ...input,
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
  await post('decide', { photoId, decision: 'changes', note: 'Brighter' });
  const spot = { x: 0.25, y: 0.75 };
  const said = { body: 'The lamp is off', photoId, spot };
  const { id: commentId } = await post<{ id: string }>('comments', said);
  await post('comments', { body: 'Me too', photoId, replyTo: commentId });
  await post('comments', { body: 'Lovely, all of them' });
  return { deliveryId, photoId, sceneId, commentId, spot, post };
}

test('what clients ask for of a photo is open until it is dealt with', async () => {
  const { pat } = studio;
  const { deliveryId, photoId, sceneId, commentId, spot, post } = await askedFor();
  const about = { deliveryId, photoId, sceneId, number: 2, title: null, by: 'Ann' };
  const change = { ...about, id: photoId, kind: 'change', words: 'Brighter', spot: null };
  const comment = { ...about, id: commentId, kind: 'comment', words: 'The lamp is off', spot };
  expect(await asked()).toMatchObject([comment, change]);
  await answerComment(pat, { commentId, body: 'We look at it' });
  expect(await asked()).toHaveLength(2);
  for (const done of [{ resolved: true }, { hidden: true }]) {
    await moderateComment(pat, { commentId, ...done });
    expect(await asked()).toMatchObject([change]);
    await moderateComment(pat, { commentId, resolved: false, hidden: false });
  }
  await post('decide', { photoId, decision: 'approved' });
  expect(await asked()).toMatchObject([comment]);
  await revokeDelivery(pat, { deliveryId });
  expect(await asked()).toEqual([]);
});

test('a stranger gets nothing, nor does a client of the studio', async () => {
  const { world, pat, listingId } = studio;
  const { deliveryId } = await askedFor();
  const stranger = await world.person();
  await expect(openRequests(stranger, { listingId })).rejects.toMatchObject({ code: 'not_found' });
  const { organizationId } = await getListing(pat, { listingId });
  const client = await personWith(world, 'client', organizationId);
  await expect(openRequests(client, { listingId })).rejects.toMatchObject({ code: 'forbidden' });
  await revokeDelivery(pat, { deliveryId });
});

test('it follows the frames into the scene that they were merged into', async () => {
  const { pat } = studio;
  const { sceneId } = await askedFor();
  const { deliverable } = await listDeliveries(pat, { listingId: studio.listingId });
  const other = deliverable.find((entry) => entry.sceneId !== sceneId)?.sceneId ?? '';
  await mergeScenes(pat, { sceneId: other, fromSceneIds: [sceneId] });
  expect((await asked()).map((request) => request.sceneId)).toEqual([other, other]);
});
