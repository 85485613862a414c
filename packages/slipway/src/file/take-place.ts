import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { recordEvent } from '../event/record.ts';
import type { Project } from '../project/table.ts';
import { fileView } from './internal.ts';
import { type FileRow, file, fileTransition, isHolding } from './table.ts';

const DAY_MS = 86_400_000;

/** How long a version is kept that is no longer the newest; null for good. */
export const versionEnds = (ctx: SlipwayContext, { rules }: Project): Date | null =>
  rules.versionDays === null ? null : new Date(ctx.now().getTime() + rules.versionDays * DAY_MS);

/**
 * Whoever changes which version is the newest, or ends all of them, does so one after the other: of newcomers the
 * second takes the first one's place. Before any of their rows, or two who begin with different ones wait for each other.
 */
export async function lockVersions(
  tx: Tx,
  { projectId, isTest, customId }: Pick<FileRow, 'projectId' | 'isTest' | 'customId'>,
): Promise<void> {
  if (customId === null) return;
  const name = JSON.stringify([projectId, isTest, customId]);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 4712))`);
}

/**
 * Makes room for a file that is about to be the newest version of its customId: the file that was it stays
 * ready, at its own address, as an older version. Returns its id, or null when there was none. In the transaction
 * in which the newcomer gets ready, or nothing happens.
 */
export async function takePlace(
  tx: Tx,
  ctx: SlipwayContext,
  { newcomer, project }: { newcomer: FileRow; project: Project },
): Promise<string | null> {
  const { id, projectId, customId, isTest } = newcomer;
  if (customId === null) return null;
  await lockVersions(tx, newcomer);
  const [holder] = await tx
    .select()
    .from(file)
    .where(
      and(
        eq(file.projectId, projectId),
        eq(file.customId, customId),
        eq(file.isTest, isTest),
        isHolding(),
        ne(file.id, id),
      ),
    )
    .for('update');
  if (holder === undefined) return null;
  if (holder.status !== 'ready') {
    // On its way by an upload that expected the id to be free: it becomes a version after this one.
    await tx.update(file).set({ isVersion: true }).where(eq(file.id, holder.id));
    return null;
  }
  const [replaced] = await tx
    .update(file)
    .set({ replacedBy: id, versionUntil: versionEnds(ctx, project) })
    .where(eq(file.id, holder.id))
    .returning();
  if (replaced !== undefined) await tellReplaced(tx, ctx, { replaced, by: id, project });
  return holder.id;
}

async function tellReplaced(
  tx: Tx,
  ctx: SlipwayContext,
  { replaced, by, project }: { replaced: FileRow; by: string; project: Project },
): Promise<void> {
  const at = ctx.now();
  await tx.insert(fileTransition).values({
    fileId: replaced.id,
    from: 'ready',
    to: 'ready',
    reason: 'replaced',
    message: `${by} is the newest version now.`,
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    at,
  });
  await recordAudit(tx, ctx, {
    organizationId: project.organizationId,
    action: 'file.replaced',
    entityId: replaced.id,
    data: { projectId: project.id, name: replaced.name, customId: replaced.customId, by },
  });
  await recordEvent(tx, ctx, {
    projectId: project.id,
    type: 'file.replaced',
    entityId: replaced.id,
    data: {
      file: fileView(replaced, { project, filesUrl: ctx.config.filesUrl }),
      replacedBy: by,
    },
    at,
  });
}
