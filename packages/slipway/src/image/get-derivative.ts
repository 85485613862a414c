import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { FileRow } from '../file/table.ts';
import { isPictureType } from './formats.ts';
import { makeDerivative } from './make-derivative.ts';
import { type Rendition, specOf } from './rendition.ts';
import { type Derivative, derivative } from './table.ts';

/** Beside the time that making it takes: others may be waiting for a decoder, too. */
const QUEUE_MS = 15_000;

interface Wanted {
  row: FileRow;
  rendition: Rendition;
}

/**
 * A picture made from a ready file: the one that is stored, or a new one. However many ask at once,
 * it is made once: in this process they wait for the same promise, others wait for a lock in Postgres
 * and then find the row. A process that is killed in the middle frees the lock, and the next one makes it.
 *
 * @throws `image_unsupported`, `image_too_large`, `image_damaged`, `image_too_costly`, `unavailable`.
 */
export async function getDerivative(ctx: SlipwayContext, wanted: Wanted): Promise<Derivative> {
  const spec = specOf(wanted.rendition);
  const { id: fileId, type } = wanted.row;
  if (!isPictureType(type)) throw noPicture(type);
  const known = await find(ctx, { fileId, spec });
  if (known !== undefined) return known;
  ctx.images.refusals.check({ fileId, spec }, ctx.now());
  const { running } = ctx.images;
  const name = `${fileId} ${spec}`;
  const shared = running.get(name);
  if (shared !== undefined) return shared;
  const work = makeAlone(ctx, { ...wanted, spec }).finally(() => running.delete(name));
  running.set(name, work);
  return work;
}

export function noPicture(type: string) {
  return slipwayError(
    'image_unsupported',
    `Expected a JPEG, PNG, WebP, GIF, AVIF or TIFF; this file is ${type}.`,
  );
}

async function find(
  ctx: SlipwayContext,
  { fileId, spec }: { fileId: string; spec: string },
): Promise<Derivative | undefined> {
  const [row] = await ctx.db
    .select()
    .from(derivative)
    .where(and(eq(derivative.fileId, fileId), eq(derivative.spec, spec)));
  return row;
}

async function makeAlone(
  ctx: SlipwayContext,
  wanted: Wanted & { spec: string },
): Promise<Derivative> {
  const picture = { fileId: wanted.row.id, spec: wanted.spec };
  const lock = await ctx.locks.acquire(`image:${picture.fileId}:${picture.spec}`, {
    waitMs: ctx.images.maxSeconds * 1000 + QUEUE_MS,
  });
  if (lock === null) {
    throw slipwayError('unavailable', 'This picture is still being made; ask again.', {
      retryAfter: 2,
    });
  }
  try {
    // Whoever had the lock before may have made it.
    return (await find(ctx, picture)) ?? (await makeDerivative(ctx, wanted));
  } catch (error) {
    ctx.images.refusals.note(picture, error, ctx.now());
    throw error;
  } finally {
    await lock.release();
  }
}
