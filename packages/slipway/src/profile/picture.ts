import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@repo/foundation/ids';
import { requireUser } from '@repo/foundation/organization';
import { findPicture, setPicture } from '@repo/foundation/profile';
import { takeAll, waitInWords } from '@repo/foundation/rate-limit';
import { withWorkDir } from '@repo/foundation/work-dir';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { profilePicture } from './table.ts';

/** Pages cut and shrink a picture before they send it, so that this is plenty. */
const MAX_BYTES = 1_000_000;
/** A few bytes can claim to be any number of pixels: see `image/decoder`. */
const MAX_PIXELS = 25_000_000;
/** Sharp at the size of a profile's page on a fine screen; some 20 kB. */
const SIDE = 512;
const AN_HOUR = 30;

/**
 * Shows this picture of the signed-in user: its middle, made anew by a decoder process, so that nothing of what
 * was sent is ever served, and nothing that a camera wrote into it.
 *
 * @throws `file_too_large`, `rate_limited`; `image_unsupported`, `image_too_large`, `image_damaged`, `image_too_costly`.
 */
export async function takePicture(ctx: SlipwayContext, bytes: Uint8Array): Promise<void> {
  const userId = requireUser(ctx);
  if (bytes.length > MAX_BYTES)
    throw slipwayError(
      'file_too_large',
      `Expected a picture of up to ${MAX_BYTES} bytes; this one has ${bytes.length}.`,
    );
  const key = `profile-pictures:${userId}`;
  const budget = { policy: 'profile-pictures', key, quota: AN_HOUR, windowSeconds: 3600 };
  const wait = await takeAll(ctx, { budget, wanted: 1 });
  if (wait !== null)
    throw slipwayError(
      'rate_limited',
      `Expected at most ${AN_HOUR} pictures an hour. Try again in ${waitInWords(wait)}.`,
      { retryAfter: wait },
    );
  const made = await square(ctx, bytes);
  const id = newId('pic');
  await ctx.db.transaction(async (tx) => {
    await setPicture(tx, ctx, { fileId: id, discard });
    await tx.insert(profilePicture).values({ id, userId, bytes: made });
  });
}

/** From now on the signed-in user's initials are shown. */
export async function removePicture(ctx: SlipwayContext): Promise<void> {
  await ctx.db.transaction((tx) => setPicture(tx, ctx, { fileId: null, discard }));
}

/**
 * Somebody's picture, for themselves and those who belong to an organization with them.
 *
 * @throws `not_found` for everybody else, as for nobody's.
 */
export async function readPicture(ctx: SlipwayContext, userId: string): Promise<Buffer> {
  const id = await findPicture(ctx, userId);
  const [found] = await ctx.db
    .select({ bytes: profilePicture.bytes })
    .from(profilePicture)
    .where(and(eq(profilePicture.id, id), eq(profilePicture.userId, userId)));
  // Replaced between both questions: the address has a newer one by now.
  if (found === undefined) throw slipwayError('not_found', 'There is no such picture.');
  return found.bytes;
}

type Discard = Parameters<typeof setPicture>[2]['discard'];
const discard: Discard = (tx, id) => tx.delete(profilePicture).where(eq(profilePicture.id, id));

async function square({ images }: SlipwayContext, bytes: Uint8Array): Promise<Buffer> {
  const { processor, workDir } = images;
  return withWorkDir(workDir, 'profile', async (dir) => {
    const [input, output] = [join(dir, 'original'), join(dir, 'made')];
    await writeFile(input, bytes, { mode: 0o600 });
    const { width, height } = await processor.measure(input);
    if (width * height > MAX_PIXELS)
      throw slipwayError(
        'image_too_large',
        `Expected a picture of up to ${MAX_PIXELS / 1e6} megapixels; this one has ${width} × ${height}.`,
      );
    const side = Math.min(SIDE, width, height);
    const size = {
      width: side,
      height: side,
      fit: 'cover',
      format: 'webp',
      quality: null,
    } as const;
    await processor.render({ ...size, input, output });
    return readFile(output);
  });
}
