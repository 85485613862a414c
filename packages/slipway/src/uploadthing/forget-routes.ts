import { and, lt, notExists, or, sql } from 'drizzle-orm';
import { uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { uploadthingFile, uploadthingRoute } from './table.ts';

const DAY_MS = 86_400_000;

/** Handler of `uploadthing.forget-routes`. */
export async function forgetRoutes(ctx: SlipwayContext): Promise<void> {
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  const upload = ctx.db
    .select({ one: sql`1` })
    .from(uploadthingFile)
    .leftJoin(uploadCallback, sql`${uploadCallback.fileId} = ${uploadthingFile.fileId}`)
    .where(
      and(
        sql`${uploadthingFile.projectId} = ${uploadthingRoute.projectId}`,
        sql`${uploadthingFile.key} = ${uploadthingRoute.fileKey}`,
        or(sql`${uploadCallback.state} is null`, sql`${uploadCallback.state} = 'pending'`),
      ),
    );
  // No upload can begin any more by then: URLs are good for seven days at most.
  await ctx.db
    .delete(uploadthingRoute)
    .where(and(lt(uploadthingRoute.createdAt, ago(8 * DAY_MS)), notExists(upload)));
}
