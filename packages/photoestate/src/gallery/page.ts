import { AppError } from '@repo/foundation/errors';
import type { Context } from '../context.ts';
import type { Gallery } from './schema.ts';
import { viewGallery } from './view.ts';
import { enterByLink, type ReadCookie } from './visit.ts';

/** What the page of a link is made of, before anything of it runs in the browser. */
export type GalleryPage = { kind: 'open'; gallery: Gallery } | { kind: 'pin' } | { kind: 'gone' };

export async function galleryPage(
  ctx: Context,
  input: { token: string; cookie: ReadCookie },
): Promise<GalleryPage> {
  try {
    const visit = await enterByLink(ctx, input);
    return { kind: 'open', gallery: await viewGallery(ctx, visit) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'pin_required') return { kind: 'pin' };
    if (error.code === 'not_found') return { kind: 'gone' };
    throw error;
  }
}
