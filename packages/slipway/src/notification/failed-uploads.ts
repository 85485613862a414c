import type { Tx } from '@repo/foundation/db';
import { and, desc, eq, gt, lte, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { uploadLog } from '../upload-log/table.ts';
import { failedUploadDigest } from './table.ts';
import { tellOrganization } from './tell-organization.ts';
import { failedUploadsMessage } from './template/failed-uploads.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The log's rows are numbered before they are committed: one of a slow transaction is still to come. */
const SETTLED_MS = 60_000;
const MOST_FILES = 10;
const MOST_REASONS = 5;

/** Of a flood one line stands for many. */
const times = sql<number>`sum(${uploadLog.repeats})`.mapWith(Number);

/** Handler of `notify.failed_uploads`: one mail for all that failed since the last one, an hour ago or more. */
export async function digestFailedUploads(ctx: SlipwayContext): Promise<void> {
  const now = ctx.now().getTime();
  const { rows } = await ctx.db.execute<{ projectId: string }>(sql`
    select distinct log.project_id as "projectId"
    from ${uploadLog} log left join ${failedUploadDigest} digest using (project_id)
    where log.created_at > ${new Date(now - DAY_MS).toISOString()}::timestamptz
      and log.created_at <= ${new Date(now - SETTLED_MS).toISOString()}::timestamptz
      and log.id > coalesce(digest.last_log_id, 0)
      and (digest.sent_at is null
        or digest.sent_at <= ${new Date(now - HOUR_MS).toISOString()}::timestamptz)`);
  for (const { projectId } of rows) {
    await ctx.db.transaction((tx) => digestProject(tx, ctx, projectId));
  }
}

async function digestProject(tx: Tx, ctx: SlipwayContext, projectId: string): Promise<void> {
  const now = ctx.now();
  const [subject] = await tx.select().from(project).where(eq(project.id, projectId));
  if (subject === undefined || subject.deletedAt !== null) return;
  const since = await lockMark(tx, { projectId, now });
  if (since === null) return;
  const news = and(
    eq(uploadLog.projectId, projectId),
    gt(uploadLog.id, since),
    gt(uploadLog.createdAt, new Date(now.getTime() - DAY_MS)),
    lte(uploadLog.createdAt, new Date(now.getTime() - SETTLED_MS)),
  );
  const files = await tx
    .select()
    .from(uploadLog)
    .where(news)
    .orderBy(desc(uploadLog.id))
    .limit(MOST_FILES);
  const [latest] = files;
  if (latest === undefined) return;
  const reasons = await tx
    .select({ code: uploadLog.code, times })
    .from(uploadLog)
    .where(news)
    .groupBy(uploadLog.code)
    .orderBy(desc(times), uploadLog.code);
  await tx
    .update(failedUploadDigest)
    .set({ lastLogId: latest.id, sentAt: now })
    .where(eq(failedUploadDigest.projectId, projectId));
  await tellOrganization(tx, ctx, {
    organizationId: subject.organizationId,
    kind: 'failed_uploads',
    about: `${projectId}:${latest.id}`,
    path: `/projects/${projectId}/uploads`,
    message: (url) =>
      failedUploadsMessage({
        projectName: subject.name,
        url,
        total: reasons.reduce((sum, { times }) => sum + times, 0),
        reasons: reasons.slice(0, MOST_REASONS),
        files,
      }),
  });
}

/** Up to where it was told; null when another process just told, an hour is not over. */
async function lockMark(
  tx: Tx,
  { projectId, now }: { projectId: string; now: Date },
): Promise<number | null> {
  await tx
    .insert(failedUploadDigest)
    .values({ projectId, lastLogId: 0, sentAt: new Date(0) })
    .onConflictDoNothing();
  const [mark] = await tx
    .select()
    .from(failedUploadDigest)
    .where(eq(failedUploadDigest.projectId, projectId))
    .for('update');
  if (mark === undefined || now.getTime() - mark.sentAt.getTime() < HOUR_MS) return null;
  return mark.lastLogId;
}
