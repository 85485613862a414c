import type { Context } from '../context.ts';
import { createListing } from '../listing/create.ts';
import { addPhoto } from '../photo/add.ts';
import { inspectPhoto } from '../photo/inspect.ts';
import type { Photo } from '../photo/schema.ts';
import { regroupByJob } from '../scene/regroup.ts';
import { jobRun, type World } from './world.ts';

interface Picture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function newListing(ctx: Context, address = '12 Main Street'): Promise<string> {
  return (await createListing(ctx, { address })).id;
}

/** Uploads and inspects pictures one after the other, as a patient photographer would. */
export async function shoot(
  world: World,
  ctx: Context,
  { listingId, pictures }: { listingId: string; pictures: readonly Picture[] },
): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (const { name, bytes } of pictures) {
    const file = world.slipway.put(name, bytes, { kind: 'original', listingId });
    const photo = await addPhoto(ctx, { listingId, file });
    await inspectPhoto(world.system, { photoId: photo.id }, jobRun());
    photos.push(photo);
  }
  await regroupByJob(world.system, { listingId }, jobRun());
  return photos;
}
