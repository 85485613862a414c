import { AppError } from '@repo/foundation/errors';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { THUMBNAIL } from './evict-derivatives.ts';
import { getDerivative } from './get-derivative.ts';

/** Handler of `image.thumbnail`. A picture that cannot be made is no failure of the job: its file is ready all the same. */
export async function makeThumbnail(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(file)
    .where(and(eq(file.id, fileId), eq(file.status, 'ready')));
  if (row === undefined) return;
  try {
    await getDerivative(ctx, { row, rendition: THUMBNAIL });
  } catch (error) {
    const isOver = error instanceof AppError && error.status < 500;
    if (!isOver) throw error;
    ctx.log.info({ fileId, code: error.code }, 'a picture got no thumbnail');
  }
}
