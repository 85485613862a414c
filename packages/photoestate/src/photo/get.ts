import type { Context } from '../context.ts';
import { requirePhoto, toPhoto } from './internal.ts';
import { type Photo, PhotoRef } from './schema.ts';

export async function getPhoto(ctx: Context, input: PhotoRef): Promise<Photo> {
  const { photoId } = PhotoRef.parse(input);
  return toPhoto((await requirePhoto(ctx, photoId, 'listing.read')).photo);
}
