import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { file } from '../file/table.ts';
import { requireProject } from '../project/internal.ts';
import { enqueueCallback } from './jobs.ts';
import { CallbackRef } from './log-schema.ts';
import { uploadCallback } from './table.ts';

/**
 * Begins the schedule of a callback anew that came to nothing. One that was answered stays so: its effect
 * is had, and its answer is what the browser was told.
 *
 * @throws `conflict` for one that is waited for, under way, or done.
 */
export async function resendCallback(ctx: SlipwayContext, input: CallbackRef): Promise<void> {
  const project = await requireProject(ctx, input.projectId, 'webhook.manage');
  const { fileId } = CallbackRef.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ state: uploadCallback.state })
      .from(uploadCallback)
      .innerJoin(file, eq(file.id, uploadCallback.fileId))
      .where(and(eq(uploadCallback.fileId, fileId), eq(file.projectId, project.id)));
    if (found === undefined)
      throw slipwayError('not_found', `There is no callback of a file "${fileId}".`);
    const begun = await tx
      .update(uploadCallback)
      .set({
        state: 'pending',
        attempts: 0,
        claimed: 0,
        nextAttemptAt: ctx.now(),
        busyUntil: null,
        finishedAt: null,
      })
      .where(
        and(
          eq(uploadCallback.fileId, fileId),
          inArray(uploadCallback.state, ['failed', 'unreachable']),
        ),
      )
      .returning({ fileId: uploadCallback.fileId });
    if (begun.length === 0)
      throw slipwayError(
        'conflict',
        `Expected a callback that came to nothing; this one is ${found.state}.`,
      );
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'callback.resent',
      entityId: fileId,
      data: { projectId: project.id },
    });
    await enqueueCallback(tx, ctx, { fileId, projectId: project.id });
  });
}
