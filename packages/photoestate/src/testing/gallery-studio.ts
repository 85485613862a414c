import { makeBracket } from '@repo/engine/test-pictures';
import { createDelivery } from '../gallery/create.ts';
import { listDeliveries } from '../gallery/list.ts';
import { prepareCopies } from '../gallery/prepare.ts';
import type { CreateDelivery, Delivery } from '../gallery/schema.ts';
import { finishScenes, serveFiles } from './deliver.ts';
import { newListing, shoot } from './shoot.ts';
import { createWorld, jobRun } from './world.ts';

type WithLink = Delivery & { url: string };
export type GalleryStudio = Awaited<ReturnType<typeof openGalleryStudio>>;

/** A world with Pat's listing of two finished photos, to be delivered. */
export async function openGalleryStudio() {
  const world = await createWorld();
  const pat = await world.person();
  const stopServing = await serveFiles(world.slipway);
  const listingId = await newListing(pat, '12 Main Street');
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0] });
  const later = await makeBracket({
    ...{ width: 96, height: 64, evs: [0], seed: 7 },
    startAt: new Date('2026-05-01T12:00:00Z'),
  });
  const picture = pictures[0]?.bytes ?? new Uint8Array();
  await shoot(world, pat, { listingId, pictures: [...pictures, ...later] });
  await finishScenes(world, pat, { listingId, bytes: picture });

  async function find(id: string): Promise<WithLink> {
    const { deliveries } = await listDeliveries(pat, { listingId });
    const found = deliveries.find((entry) => entry.id === id);
    if (found?.url == null) throw new Error('the delivery has no link');
    return { ...found, url: found.url };
  }
  async function deliver(change: Partial<CreateDelivery> = {}): Promise<WithLink> {
    const { id } = await createDelivery(pat, { listingId, sizes: ['web', 'original'], ...change });
    return find(id);
  }
  /** Does the work that was asked for. */
  async function prepare(): Promise<void> {
    const jobs = world.enqueued.splice(0).filter(({ name }) => name === 'delivery.prepare');
    for (const { payload } of jobs) {
      await prepareCopies(world.system, payload as { photoId: string }, jobRun());
    }
  }
  async function close(): Promise<void> {
    stopServing();
    await world.close();
  }
  return { world, pat, picture, listingId, find, deliver, prepare, close };
}
