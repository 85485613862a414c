import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Db, Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import type { JobRun } from '@repo/foundation/jobs';
import { withWorkDir } from '@repo/foundation/work-dir';
import { eq } from 'drizzle-orm';
import { signFile } from '../content-credentials/sign-file.ts';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { brandingOf } from '../organization/branding.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import { findCopies, keyOf, type WantedCopy, wantedCopies } from './copies.ts';
import { type Delivered, deliveredPhoto } from './delivered.ts';
import { dropEarlierMarks } from './earlier-marks.ts';
import { recordOfCopy, shapeOf } from './sign-copy.ts';
import { delivery, deliveryCopy } from './table.ts';

const MAX_MS = 240_000;

/** Handler of `delivery.prepare`. What is there already is not made again, so it may run as often as it likes. */
export async function prepareCopies(
  ctx: Context,
  { photoId }: { photoId: string },
  run: JobRun,
): Promise<void> {
  const delivered = await deliveredPhoto(ctx.db, photoId);
  if (delivered === null) return;
  const [found] = await ctx.db
    .select({ row: delivery })
    .from(delivery)
    .where(eq(delivery.id, delivered.photo.deliveryId));
  if (found === undefined || found.row.revokedAt !== null) return;
  const { row } = found;
  const branding = await brandingOf(ctx.db, row.organizationId);
  const wanted = wantedCopies({ delivery: row, branding, ...delivered });
  const there = await findCopies(ctx.db, wanted);
  const missing = wanted.filter((copy) => !there.has(keyOf(copy)));
  const signal = AbortSignal.any([run.signal, ctx.stopping]);
  for (const copies of Map.groupBy(missing, sourceAndMark).values()) {
    await makeCopies(ctx, { delivered, organizationId: row.organizationId, copies, signal });
  }
  if (missing.length === 0) return;
  await publishListingEvent(ctx.db, ctx, { type: 'listing', listingId: row.listingId });
}

const sourceAndMark = ({ sourceFileId, mark }: WantedCopy) => `${sourceFileId} ${mark}`;

interface Order {
  delivered: Delivered;
  organizationId: string;
  /** Of one file, all with the same mark. */
  copies: readonly WantedCopy[];
  signal: AbortSignal;
}

async function makeCopies(ctx: Context, order: Order): Promise<void> {
  const { delivered, copies, signal } = order;
  const [first] = copies;
  if (first === undefined) return;
  const { version } = delivered;
  await withWorkDir(ctx.engine.workDir, delivered.photo.id, async (dir) => {
    const path = join(dir, 'photo');
    const name = `photo ${delivered.photo.position}`;
    await downloadFile(ctx, { fileId: first.sourceFileId, name }, { path, signal });
    const reduced = copies.filter(({ kind }) => kind !== 'original');
    if (reduced.length < copies.length) {
      const { size } = await stat(path);
      const facts = { bytes: size, crc32: await checksum(path) };
      const { width, height } = version;
      await record(ctx.db, ctx, {
        ...{ listingId: version.listingId, sourceFileId: first.sourceFileId, kind: 'original' },
        ...{
          mark: '',
          fileId: first.sourceFileId,
          width: width ?? 0,
          height: height ?? 0,
          ...facts,
        },
      });
    }
    if (reduced.length > 0) await makeReduced(ctx, { ...order, copies: reduced }, { dir, path });
  });
}

/** Smaller ones of the file at `path`. */
async function makeReduced(
  ctx: Context,
  { delivered: { photo, version }, organizationId, copies, signal }: Order,
  { dir, path }: { dir: string; path: string },
): Promise<void> {
  const [{ mark, sourceFileId } = { mark: '', sourceFileId: '' }] = copies;
  const { outputs } = await ctx.engine.runner.run(
    {
      type: 'copy',
      photo: { name: `photo ${photo.position}`, path },
      outputs: copies.map(({ kind }) => ({
        name: kind,
        path: join(dir, `${kind}.jpg`),
        ...shapeOf(ctx, version, { kind, mark }),
      })),
      ...(mark === '' ? {} : { watermark: mark }),
    },
    { timeoutMs: MAX_MS, maxRssMb: ctx.engine.maxMemoryMb, signal },
  );
  for (const { kind } of copies) {
    const made = outputs.find(({ name }) => name === kind);
    if (made === undefined) throw new Error(`the engine made no ${kind}`);
    const says = recordOfCopy(version, { kind, mark });
    const signed = says === null ? null : await signFile(ctx, made.path, () => says);
    const output = { ...made, ...signed };
    const metadata = { kind: 'delivery-copy', enhancementId: version.id };
    const fileId = await uploadFile(
      ctx,
      { ...output, name: `${photo.id}-${kind}.jpg`, type: 'image/jpeg', metadata },
      signal,
    );
    const { bytes, width, height } = output;
    const copy = {
      ...{ listingId: version.listingId, sourceFileId, kind, mark, fileId },
      ...{ bytes, width, height, crc32: await checksum(output.path) },
      signedBy: signed?.by ?? null,
    };
    const added = await ctx.db.transaction(async (tx) => {
      const isNew = await record(tx, ctx, copy);
      if (mark !== '') await dropEarlierMarks(tx, ctx, { sourceFileId, kind, organizationId });
      return isNew;
    });
    // Another run was faster.
    if (!added) await discardFiles(ctx, [fileId]);
  }
}

async function checksum(path: string): Promise<number> {
  let sum = 0;
  for await (const chunk of createReadStream(path)) sum = crc32(chunk as Buffer, sum);
  return sum;
}

type NewCopy = Omit<typeof deliveryCopy.$inferInsert, 'id' | 'createdAt'>;

async function record(db: Db | Tx, ctx: Context, copy: NewCopy): Promise<boolean> {
  const added = await db
    .insert(deliveryCopy)
    .values({ id: newId('cpy'), createdAt: ctx.now(), ...copy })
    .onConflictDoNothing()
    .returning({ id: deliveryCopy.id });
  return added.length > 0;
}
