import { and, asc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { endFile, endOlderVersions } from './delete.ts';
import { purge } from './purge.ts';
import { file } from './table.ts';
import { lockVersions } from './take-place.ts';
import { becomeNewest } from './versions.ts';

const BATCH = 200;

/**
 * Deletes what its rules give no more time: files that expire, temporary ones that nobody confirmed,
 * and what was in the trash for long enough. One file's problem never stops the others.
 */
export async function sweepDue(ctx: SlipwayContext): Promise<void> {
  await eachDue(ctx, {
    due: and(
      eq(file.status, 'ready'),
      sql`(${file.deleteAt} is not null or ${file.confirmBy} is not null or ${file.versionUntil} is not null)`,
      sql`least(${file.deleteAt}, ${file.confirmBy}, ${file.versionUntil}) < ${ctx.now().toISOString()}::timestamptz`,
    ),
    end: async ({ row, owner }) => {
      await ctx.db.transaction(async (tx) => {
        await lockVersions(tx, row);
        // Somebody may have confirmed it, or given it more time, since it was found.
        const [now] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
        const over = (time: Date | null | undefined) => time != null && time <= ctx.now();
        const code = [
          over(now?.deleteAt) && 'expired',
          over(now?.confirmBy) && 'not_confirmed',
          over(now?.versionUntil) && 'version_over',
        ].find((each) => each !== false);
        if (code === undefined) return;
        const reason = { code };
        const how = { project: owner, trash: false, reason };
        const ended = await endFile(tx, ctx, { row, ...how });
        if (code === 'expired' && ended !== undefined)
          await endOlderVersions(tx, ctx, { ended, ...how });
        // What nobody confirmed has replaced nothing.
        if (code === 'not_confirmed' && ended?.replacedBy === null && ended.replaces !== null)
          await becomeNewest(tx, ctx, { fileId: ended.replaces, project: owner });
      });
    },
  });
  await eachDue(ctx, {
    due: lt(file.trashedUntil, ctx.now()),
    end: async ({ row, owner }) => {
      await purge(ctx, { fileId: row.id, project: owner, reason: 'trash_over' });
    },
  });
}

type Found = { row: typeof file.$inferSelect; owner: typeof project.$inferSelect };

async function eachDue(
  ctx: SlipwayContext,
  { due, end }: { due: SQL | undefined; end: (found: Found) => Promise<void> },
): Promise<void> {
  let after = '';
  for (;;) {
    const found = await ctx.db
      .select({ row: file, owner: project })
      .from(file)
      .innerJoin(project, eq(project.id, file.projectId))
      .where(and(due, sql`${file.id} > ${after}`))
      .orderBy(asc(file.id))
      .limit(BATCH);
    for (const each of found) {
      after = each.row.id;
      await end(each).catch((error: unknown) => {
        ctx.log.error({ err: error, fileId: each.row.id }, 'a file could not be deleted yet');
      });
    }
    if (found.length < BATCH) return;
  }
}
