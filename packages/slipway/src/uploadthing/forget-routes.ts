import { and, gte, lt, notExists, or, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { SCHEDULE } from './deliver-callback.ts';
import { uploadthingCallback, uploadthingFile, uploadthingRoute } from './table.ts';

const DAY_MS = 86_400_000;

/** Handler of `uploadthing.forget-routes`. */
export async function forgetRoutes(ctx: SlipwayContext): Promise<void> {
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  // The last attempt was heard, and nothing came of it.
  await ctx.db
    .update(uploadthingCallback)
    .set({ status: 'failed', finishedAt: ctx.now() })
    .where(
      and(
        sql`${uploadthingCallback.status} = 'pending'`,
        gte(uploadthingCallback.attempts, SCHEDULE.length),
        lt(uploadthingCallback.busyUntil, ago(DAY_MS)),
      ),
    );
  const upload = ctx.db
    .select({ one: sql`1` })
    .from(uploadthingFile)
    .leftJoin(uploadthingCallback, sql`${uploadthingCallback.fileId} = ${uploadthingFile.fileId}`)
    .where(
      and(
        sql`${uploadthingFile.projectId} = ${uploadthingRoute.projectId}`,
        sql`${uploadthingFile.key} = ${uploadthingRoute.fileKey}`,
        or(
          sql`${uploadthingCallback.status} is null`,
          sql`${uploadthingCallback.status} = 'pending'`,
        ),
      ),
    );
  // No upload can begin any more by then: URLs are good for seven days at most.
  await ctx.db
    .delete(uploadthingRoute)
    .where(and(lt(uploadthingRoute.createdAt, ago(8 * DAY_MS)), notExists(upload)));
}
