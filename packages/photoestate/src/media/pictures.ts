import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { lookOf, requireEnhancement } from '../enhancement/internal.ts';
import { ownerOf } from '../enhancement/owner.ts';
import { appError } from '../errors.ts';
import { requirePhoto } from '../photo/internal.ts';
import { requirePreview } from '../preview/internal.ts';
import { scene } from '../scene/table.ts';
import { resultName } from './download-name.ts';

export interface Picture {
  fileId: string;
  name: string;
}

interface Wanted {
  id: string;
  size: string;
}

/** An object answers for more names than its own (`constructor`): only these reach one. */
export const PhotoSize = z.enum(['thumb', 'preview', 'original']);
export const ResultSize = z.enum(['first-look', 'thumb', 'preview', 'full']);

export async function findPhoto(ctx: Context, { id, size }: Wanted): Promise<Picture> {
  const wanted = PhotoSize.safeParse(size).data ?? missing();
  const { photo } = await requirePhoto(ctx, id, 'listing.read');
  const files = {
    thumb: photo.thumbFileId,
    preview: photo.previewFileId,
    original: photo.fileId,
  };
  return { fileId: files[wanted] ?? missing(), name: photo.name };
}

export async function findResult(ctx: Context, { id, size }: Wanted): Promise<Picture> {
  const wanted = ResultSize.safeParse(size).data ?? missing();
  const { enhancement, listing } = await requireEnhancement(ctx, id, 'listing.read');
  const files = {
    'first-look': lookOf(enhancement)?.fileId,
    thumb: enhancement.resultThumbFileId,
    preview: enhancement.resultPreviewFileId,
    full: enhancement.review === 'rejected' ? null : enhancement.resultFileId,
  };
  const fileId = files[wanted] ?? missing();
  const sceneId = (await ownerOf(ctx.db, enhancement)) ?? enhancement.sceneId;
  const [found] = await ctx.db
    .select({ position: scene.position })
    .from(scene)
    .where(eq(scene.id, sceneId));
  return { fileId, name: resultName(listing.address, found?.position ?? 1) };
}

function missing(): never {
  throw appError('not_found', 'There is no such picture.');
}

const PreviewSize = z.enum(['small']);

/** What a look would make of a scene. */
export async function findPreview(ctx: Context, { id, size }: Wanted): Promise<Picture> {
  if (!PreviewSize.safeParse(size).success) missing();
  const { fileId } = await requirePreview(ctx, id, 'enhance.run');
  return { fileId: fileId ?? missing(), name: 'preview.jpg' };
}
