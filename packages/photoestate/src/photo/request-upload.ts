import type { UploadTarget } from 'slipway/server';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { PHOTO_TYPES, RequestPhotoUpload } from './schema.ts';
import { uploadFailure } from './upload-failure.ts';

/** Where a frame's bytes go. Nothing is in the listing until they are there. */
export async function requestPhotoUpload(
  ctx: Context,
  input: RequestPhotoUpload,
): Promise<UploadTarget> {
  await requireListing(ctx, input.listingId, 'photo.upload');
  const { listingId, sha256, ...file } = RequestPhotoUpload.parse(input);
  try {
    return await ctx.slipway.uploads.create({
      ...file,
      sha256,
      metadata: { kind: 'original', listingId },
      rules: { allowedTypes: [...PHOTO_TYPES], maxSize: file.size },
    });
  } catch (error) {
    throw uploadFailure(error);
  }
}
