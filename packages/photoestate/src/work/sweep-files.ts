import type { JobRun } from '@repo/foundation/jobs';
import { profile } from '@repo/foundation/profile';
import { inArray, or, sql } from 'drizzle-orm';
import type { SlipwayFile } from 'slipway/server';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { deliveryCopy } from '../gallery/table.ts';
import { organizationSettings } from '../organization/table.ts';
import { photo } from '../photo/table.ts';
import { lookPreview } from '../preview/table.ts';
import { discardFiles } from './files.ts';

/** Longer than any run lives between storing a file and naming it in a row. */
const YOUNG_MS = 3_600_000;
const LOOK_BACK_MS = 7 * 24 * 3_600_000;
const BATCH = 100;

const FIRST_LOOK_FILE = sql<string | null>`${enhancement.firstLook} ->> 'fileId'`;

/** What is made here, or replaced. Originals are the photographer's and never swept. */
const DERIVED: ReadonlySet<unknown> = new Set([
  'thumb',
  'preview',
  'result-image',
  'result-preview',
  'result-thumb',
  'result-first-look',
  'look-preview',
  'profile-picture',
  'logo',
  'delivery-copy',
]);

/** Handler of `files.sweep`: a worker killed between storing and recording leaves files that no row names. */
export async function sweepFiles(ctx: Context, _: object, { signal }: JobRun): Promise<void> {
  const now = ctx.now().getTime();
  const from = new Date(now - LOOK_BACK_MS);
  const to = new Date(now - YOUNG_MS);
  let batch: SlipwayFile[] = [];
  const query = { status: 'ready', from, to, limit: BATCH } as const;
  for await (const file of ctx.slipway.files.all(query, { signal })) {
    if (!isSweepable(file, to)) continue;
    batch.push(file);
    if (batch.length < BATCH) continue;
    await discardUnnamed(ctx, batch, signal);
    batch = [];
  }
  await discardUnnamed(ctx, batch, signal);
}

function isSweepable(file: SlipwayFile, to: Date): boolean {
  return DERIVED.has(file.metadata['kind']) && Date.parse(file.createdAt) < to.getTime();
}

async function discardUnnamed(
  ctx: Context,
  files: readonly SlipwayFile[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const named = await namedByOwners(ctx, files);
  const left = files.map(({ id }) => id).filter((id) => !named.has(id));
  if (left.length === 0) return;
  const namedYet = await namedAnywhere(ctx, left);
  for (const id of left) {
    signal.throwIfAborted();
    if (!namedYet.has(id)) await discardFiles(ctx, [id]);
  }
}

type Named = ReadonlySet<string | null>;

const namesIn = (rows: readonly Record<string, string | null>[]): Named =>
  new Set(rows.flatMap((row) => Object.values(row)));

const ofPhoto = { thumb: photo.thumbFileId, preview: photo.previewFileId };
const ofVersion = {
  image: enhancement.resultFileId,
  preview: enhancement.resultPreviewFileId,
  thumb: enhancement.resultThumbFileId,
  firstLook: FIRST_LOOK_FILE,
};

/** Nearly all are named by the photo or the version that they say they were made for. */
async function namedByOwners(ctx: Context, files: readonly SlipwayFile[]): Promise<Named> {
  const fileIds = files.map(({ id }) => id);
  const owners = (key: string) => [...new Set(files.map(({ metadata }) => String(metadata[key])))];
  const [photos, versions, copies, pictures, logos, previews] = await Promise.all([
    ctx.db
      .select(ofPhoto)
      .from(photo)
      .where(inArray(photo.id, owners('photoId'))),
    ctx.db
      .select(ofVersion)
      .from(enhancement)
      .where(inArray(enhancement.id, owners('enhancementId'))),
    ctx.db
      .select({ copy: deliveryCopy.fileId })
      .from(deliveryCopy)
      .where(inArray(deliveryCopy.fileId, fileIds)),
    ctx.db
      .select({ id: profile.pictureFileId })
      .from(profile)
      .where(inArray(profile.pictureFileId, fileIds)),
    ctx.db
      .select({ id: organizationSettings.logoFileId })
      .from(organizationSettings)
      .where(inArray(organizationSettings.logoFileId, fileIds)),
    ctx.db
      .select({ preview: lookPreview.fileId })
      .from(lookPreview)
      .where(inArray(lookPreview.fileId, fileIds)),
  ]);
  return namesIn([...photos, ...versions, ...copies, ...pictures, ...logos, ...previews]);
}

/** Looks through all photos and versions, before something goes for good: files may say nothing of their owner. */
async function namedAnywhere(ctx: Context, ids: string[]): Promise<Named> {
  const [photos, versions] = await Promise.all([
    ctx.db
      .select(ofPhoto)
      .from(photo)
      .where(or(inArray(photo.thumbFileId, ids), inArray(photo.previewFileId, ids))),
    ctx.db
      .select(ofVersion)
      .from(enhancement)
      .where(
        or(
          inArray(enhancement.resultFileId, ids),
          inArray(enhancement.resultPreviewFileId, ids),
          inArray(enhancement.resultThumbFileId, ids),
          inArray(FIRST_LOOK_FILE, ids),
        ),
      ),
  ]);
  return namesIn([...photos, ...versions]);
}
