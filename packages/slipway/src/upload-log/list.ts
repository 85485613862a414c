import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { isTestActor } from '../file/test-mode.ts';
import { requireProject } from '../project/internal.ts';
import { ListUploadLog, type UploadLogPage } from './schema.ts';
import { uploadLog } from './table.ts';

/** Uploads that did not become files, latest first, a page at a time by keyset. */
export async function listUploadLog(
  ctx: SlipwayContext,
  call: { projectId: string; query: ListUploadLog },
): Promise<UploadLogPage> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const { limit, cursor, outcome, code, route, from, to } = ListUploadLog.parse(call.query);
  const rows = await ctx.db
    .select()
    .from(uploadLog)
    .where(
      and(
        eq(uploadLog.projectId, project.id),
        // Keys see their own world; people both.
        ctx.actor.type === 'api_key' ? eq(uploadLog.isTest, isTestActor(ctx.actor)) : undefined,
        cursor === undefined ? undefined : lt(uploadLog.id, Number(cursor)),
        outcome === undefined ? undefined : eq(uploadLog.outcome, outcome),
        code === undefined ? undefined : eq(uploadLog.code, code),
        route === undefined ? undefined : eq(uploadLog.route, route),
        from === undefined ? undefined : gte(uploadLog.createdAt, from),
        to === undefined ? undefined : lt(uploadLog.createdAt, to),
      ),
    )
    .orderBy(desc(uploadLog.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    data: page.map(
      ({ id, actorType: by, createdAt, actorId, projectId, foldedKey, isTest, ...row }) => ({
        ...row,
        id: String(id),
        by,
        at: createdAt.toISOString(),
      }),
    ),
    nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null,
  };
}
