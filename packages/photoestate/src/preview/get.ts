import type { Context } from '../context.ts';
import { requirePreview, toPreview } from './internal.ts';
import { type LookPreview, PreviewRef } from './schema.ts';

export async function getPreview(ctx: Context, input: PreviewRef): Promise<LookPreview> {
  const { previewId } = PreviewRef.parse(input);
  return toPreview(await requirePreview(ctx, previewId, 'enhance.run'));
}
