import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { newId } from '@repo/foundation/ids';
import type { JobRun } from '@repo/foundation/jobs';
import { withWorkDir } from '@repo/foundation/work-dir';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { brandingOf } from '../organization/branding.ts';
import { discardFiles, downloadFile, uploadFile } from '../work/files.ts';
import {
  findCopies,
  keyOf,
  PROOF,
  PROOF_BEFORE,
  PROOF_WIDTH,
  type WantedCopy,
  wantedCopies,
} from './copies.ts';
import { type Delivered, deliveredPhoto } from './delivered.ts';
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
    await makeCopies(ctx, { delivered, copies, signal });
  }
  if (missing.length === 0) return;
  await publishListingEvent(ctx.db, ctx, { type: 'listing', listingId: row.listingId });
}

const sourceAndMark = ({ sourceFileId, mark }: WantedCopy) => `${sourceFileId} ${mark}`;

interface Order {
  delivered: Delivered;
  /** Of one file, all with the same mark. */
  copies: readonly WantedCopy[];
  signal: AbortSignal;
}

async function makeCopies(ctx: Context, { delivered, copies, signal }: Order): Promise<void> {
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
      await record(ctx, {
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
    if (reduced.length === 0) return;
    const { outputs } = await ctx.engine.runner.run(
      {
        type: 'copy',
        photo: { name, path },
        outputs: reduced.map(({ kind }) => ({
          name: kind,
          path: join(dir, `${kind}.jpg`),
          ...shapeOf(kind),
        })),
        ...(first.mark === '' ? {} : { watermark: first.mark }),
      },
      { timeoutMs: MAX_MS, maxRssMb: ctx.engine.maxMemoryMb, signal },
    );
    for (const output of outputs) {
      const fileName = `${delivered.photo.id}-${output.name}.jpg`;
      const metadata = { kind: 'delivery-copy', enhancementId: version.id };
      const fileId = await uploadFile(
        ctx,
        { ...output, name: fileName, type: 'image/jpeg', metadata },
        signal,
      );
      const added = await record(ctx, {
        ...{ listingId: version.listingId, sourceFileId: first.sourceFileId, kind: output.name },
        ...{ mark: first.mark, fileId, bytes: output.bytes, crc32: await checksum(output.path) },
        ...{ width: output.width, height: output.height },
      });
      // Another run was faster.
      if (!added) await discardFiles(ctx, [fileId]);
    }
  });
}

function shapeOf(kind: WantedCopy['kind']) {
  if (kind === PROOF || kind === PROOF_BEFORE) {
    return { maxWidth: PROOF_WIDTH, maxHeight: PROOF_WIDTH, quality: 84 };
  }
  if (kind === 'original') throw new Error('the original is not made');
  return { delivery: kind };
}

async function checksum(path: string): Promise<number> {
  let sum = 0;
  for await (const chunk of createReadStream(path)) sum = crc32(chunk as Buffer, sum);
  return sum;
}

type NewCopy = Omit<typeof deliveryCopy.$inferInsert, 'id' | 'createdAt'>;

async function record(ctx: Context, copy: NewCopy): Promise<boolean> {
  const added = await ctx.db
    .insert(deliveryCopy)
    .values({ id: newId('cpy'), createdAt: ctx.now(), ...copy })
    .onConflictDoNothing()
    .returning({ id: deliveryCopy.id });
  return added.length > 0;
}
