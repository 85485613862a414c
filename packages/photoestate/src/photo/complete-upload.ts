import { AppError } from '@repo/foundation/errors';
import { SlipwayError, type SlipwayFile } from 'slipway/server';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { requireListing } from '../listing/internal.ts';
import { addPhoto } from './add.ts';
import { FETCHED } from './from-url.ts';
import { type Photo, PhotoUploadRef } from './schema.ts';
import { uploadFailure } from './upload-failure.ts';

/**
 * Takes a frame whose bytes were sent into its listing; may be called again. Null while the storage still
 * looks at it: what nobody completes is taken in by `photo.adopt`.
 */
export async function completePhotoUpload(
  ctx: Context,
  input: PhotoUploadRef,
): Promise<Photo | null> {
  const { listingId, uploadId } = PhotoUploadRef.parse(input);
  await requireListing(ctx, listingId, 'photo.upload');
  const file = await ask(ctx, { listingId, uploadId });
  if (file.status === 'pending' || file.status === 'verifying') return null;
  if (file.status !== 'ready')
    throw appError(
      'upload_refused',
      `The storage did not accept “${file.name}” (${file.status}).`,
      {
        details: { reason: file.status },
      },
    );
  return addPhoto(ctx, { listingId, file });
}

/** Files of other listings are as good as none. */
async function ask(
  ctx: Context,
  { listingId, uploadId: id }: { listingId: string; uploadId: string },
): Promise<SlipwayFile> {
  try {
    const file = await ctx.slipway.files.get(id);
    const { metadata } = file;
    if (metadata['kind'] !== 'original' || metadata['listingId'] !== listingId)
      throw appError('not_found', 'There is no such upload in this listing.');
    return file.status === 'ready' ? file : await complete(ctx, file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw uploadFailure(error);
  }
}

/** What is fetched from an address comes by itself: nobody has anything to send. */
async function complete(ctx: Context, file: SlipwayFile): Promise<SlipwayFile> {
  try {
    return await ctx.slipway.uploads.complete({ id: file.id });
  } catch (error) {
    const isMissing = error instanceof SlipwayError && error.code === 'object_missing';
    if (isMissing && file.metadata['source'] === FETCHED) return file;
    throw error;
  }
}
