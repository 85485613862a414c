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
export async function sweepFiles(ctx: Context): Promise<void> {
  const now = ctx.now().getTime();
  const from = new Date(now - LOOK_BACK_MS);
  const to = new Date(now - YOUNG_MS);
  let batch: string[] = [];
  for await (const file of ctx.slipway.files.all({ status: 'ready', from, to, limit: BATCH })) {
    if (!isSweepable(file, to)) continue;
    batch.push(file.id);
    if (batch.length < BATCH) continue;
    await discardUnnamed(ctx, batch);
    batch = [];
  }
  await discardUnnamed(ctx, batch);
}

function isSweepable(file: SlipwayFile, to: Date): boolean {
  return DERIVED.has(file.metadata['kind']) && Date.parse(file.createdAt) < to.getTime();
}

async function discardUnnamed(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const named = await namedAmong(ctx, [...ids]);
  for (const id of ids) if (!named.has(id)) await discardFiles(ctx, [id]);
}

async function namedAmong(ctx: Context, ids: string[]): Promise<ReadonlySet<string | null>> {
  const [copies, pictures, logos, photos, versions, previews] = await Promise.all([
    ctx.db
      .select({ copy: deliveryCopy.fileId })
      .from(deliveryCopy)
      .where(inArray(deliveryCopy.fileId, ids)),
    ctx.db
      .select({ id: profile.pictureFileId })
      .from(profile)
      .where(inArray(profile.pictureFileId, ids)),
    ctx.db
      .select({ id: organizationSettings.logoFileId })
      .from(organizationSettings)
      .where(inArray(organizationSettings.logoFileId, ids)),
    ctx.db
      .select({ thumb: photo.thumbFileId, preview: photo.previewFileId })
      .from(photo)
      .where(or(inArray(photo.thumbFileId, ids), inArray(photo.previewFileId, ids))),
    ctx.db
      .select({
        image: enhancement.resultFileId,
        preview: enhancement.resultPreviewFileId,
        thumb: enhancement.resultThumbFileId,
        firstLook: FIRST_LOOK_FILE,
      })
      .from(enhancement)
      .where(
        or(
          inArray(enhancement.resultFileId, ids),
          inArray(enhancement.resultPreviewFileId, ids),
          inArray(enhancement.resultThumbFileId, ids),
          inArray(FIRST_LOOK_FILE, ids),
        ),
      ),
    ctx.db
      .select({ preview: lookPreview.fileId })
      .from(lookPreview)
      .where(inArray(lookPreview.fileId, ids)),
  ]);
  return new Set(
    [...copies, ...pictures, ...logos, ...photos, ...versions, ...previews].flatMap((row) =>
      Object.values(row),
    ),
  );
}
