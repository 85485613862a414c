import type { SlipwayFile } from 'slipway/server';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { LARGEST_PHOTO, PHOTO_TYPES, PhotoFromUrl } from './schema.ts';
import { uploadFailure } from './upload-failure.ts';

/** The `source` of what the storage fetches; of what somebody sends there is none. */
export const FETCHED = 'address';

/** Has the storage fetch a frame; it looks where the address leads. The photo is there once that is done. */
export async function photoFromUrl(ctx: Context, input: PhotoFromUrl): Promise<SlipwayFile> {
  await requireListing(ctx, input.listingId, 'photo.upload');
  const { listingId, url, name, sha256 } = PhotoFromUrl.parse(input);
  try {
    const metadata = { kind: 'original', listingId, source: FETCHED };
    return await ctx.slipway.uploadFromUrl(url, {
      ...{ name, sha256, metadata, readyTimeout: 0 },
      rules: { allowedTypes: [...PHOTO_TYPES], maxSize: LARGEST_PHOTO },
    });
  } catch (error) {
    throw uploadFailure(error);
  }
}
