import { basename, extname } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import type { SlipwayContext } from '../context.ts';
import { eraseDerivative } from '../image/erase-derivatives.ts';
import { getDerivative } from '../image/get-derivative.ts';
import { renditionFor } from '../image/rendition.ts';
import type { Derivative } from '../image/table.ts';
import type { Transform } from '../image/transform.ts';
import type { ByteRange } from '../storage/storage.ts';
import type { Grant } from './grant.ts';
import { openFile } from './open-file.ts';
import { verifiedStream } from './verified-stream.ts';

/** The bytes that answer a request: those of the file, or of a picture made from it. */
export interface Representation {
  size: number;
  type: string;
  etag: string;
  name: string;
  /** The header of the request that it depends on. */
  vary?: string;
  /** Null when they are not there (any more). */
  open(range: ByteRange | undefined): Promise<Readable | null>;
  /** A URL of the storage's own, where bytes may go past us. */
  direct?(input: { disposition: string; expiresInSeconds: number }): Promise<string | null>;
  /** Of what can be made again: forgets that it was made. */
  forget?(): Promise<void>;
}

export async function representationOf(
  ctx: SlipwayContext,
  { row, transform }: Grant,
  accept: string | undefined,
): Promise<Representation> {
  if (transform !== null) return picture(ctx, { row, transform, accept });
  const { key, size, type, name } = row;
  const storage = await ctx.storages.of(row.storageId);
  return {
    ...{ size, type, name },
    etag: `"${row.sha256 ?? row.id}"`,
    open: (range) => openFile(ctx, { row, range }),
    direct: (input) => storage.signDownload({ ...input, key, type }),
  };
}

/**
 * It is small, so that we send it ourselves on every storage: what caches may keep then holds, and
 * a page with many pictures makes no detours.
 */
async function picture(
  ctx: SlipwayContext,
  wish: { row: Grant['row']; transform: Transform; accept: string | undefined },
): Promise<Representation> {
  const { row, transform, accept } = wish;
  const made = await getDerivative(ctx, { row, rendition: renditionFor(transform, accept) });
  return {
    size: made.size,
    type: made.type,
    etag: `"${made.sha256}"`,
    name: `${basename(row.name, extname(row.name))}.${made.type.replace('image/', '')}`,
    ...(transform.format === 'auto' && { vary: 'accept' }),
    open: (range) => openPicture(ctx, made, range),
    forget: () => eraseDerivative(ctx, made),
  };
}

/** Compared with its digest like a file; a damaged one is made again for whoever asks next. */
async function openPicture(
  ctx: SlipwayContext,
  made: Derivative,
  range: ByteRange | undefined,
): Promise<Readable | null> {
  const storage = await ctx.storages.of(made.storageId);
  const stream = await storage.read(made.key, range);
  if (stream === null || range !== undefined) return stream;
  const check = verifiedStream(made.sha256, () => {
    ctx.log.error({ key: made.key }, 'serving found a damaged picture');
    eraseDerivative(ctx, made).catch((error: unknown) => {
      ctx.log.error({ err: error, key: made.key }, 'a damaged picture could not be removed');
    });
  });
  pipeline(stream, check, () => undefined);
  return check;
}
