import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { failpoint } from '@repo/foundation/failpoint';
import { eq } from 'drizzle-orm';
import { releaseCallback } from '../callback/arm.ts';
import type { SlipwayContext } from '../context.ts';
import { recordEvent } from '../event/record.ts';
import type { EventType } from '../event/table.ts';
import { enqueueThumbnail } from '../image/enqueue-thumbnail.ts';
import type { Project } from '../project/table.ts';
import { noteUploadEnd } from '../upload-log/note.ts';
import { announceEnd } from '../uploadthing/announce-end.ts';
import { recordUsage } from '../usage/record.ts';
import { fileView } from './internal.ts';
import { type FILE_STATUSES, type FileRow, file, fileTransition } from './table.ts';

export type FileStatus = (typeof FILE_STATUSES)[number];

/**
 * A file's life: every change of state that there is. `ready` is reached from `verifying` alone, that
 * is, by somebody who looked at the bytes. Back to `pending` goes a file of which some parts are needed
 * again, because reading them back showed other bytes than were announced.
 */
export const TRANSITIONS: Readonly<Record<FileStatus, readonly FileStatus[]>> = {
  pending: ['verifying', 'rejected', 'failed', 'expired', 'deleted'],
  verifying: ['ready', 'pending', 'rejected', 'failed', 'expired', 'deleted'],
  ready: ['failed', 'deleted'],
  rejected: ['deleted'],
  failed: ['deleted'],
  expired: ['deleted'],
  // Only out of the trash.
  deleted: ['ready'],
};

/** Why a state changed: a stable word, and a sentence where there is more to say. */
export interface TransitionReason {
  code: string;
  message?: string;
}

export interface TransitionInput {
  fileId: string;
  project: Project;
  to: FileStatus;
  reason: TransitionReason;
  /** What else changes in the row with it. */
  set?: Partial<typeof file.$inferInsert>;
}

const EVENTS: Partial<Record<FileStatus, EventType>> = {
  ready: 'file.ready',
  rejected: 'file.rejected',
  failed: 'file.failed',
  expired: 'file.expired',
  deleted: 'file.deleted',
};

/**
 * Changes a file's state, and with it writes its history, the project's usage, the audit entry and the
 * event: all in the caller's transaction, or none of it. Undefined when the file is in a state from
 * which this change is not possible (any more): somebody else was first.
 */
export async function transition(
  tx: Tx,
  ctx: SlipwayContext,
  input: TransitionInput,
): Promise<FileRow | undefined> {
  const { fileId, project, to, reason } = input;
  const [before] = await tx.select().from(file).where(eq(file.id, fileId)).for('update');
  if (before === undefined || !TRANSITIONS[before.status].includes(to)) return undefined;
  const isGone = before.trashedUntil === null || before.erasedAt !== null;
  if (before.status === 'deleted' && isGone) return undefined;
  const at = ctx.now();
  const [after] = await tx
    .update(file)
    .set({ ...input.set, ...timesOf(before, to, at), status: to })
    .where(eq(file.id, fileId))
    .returning();
  if (after === undefined) return undefined;
  failpoint('transition.after-state');
  await tx.insert(fileTransition).values({
    fileId,
    from: before.status,
    to,
    reason: reason.code,
    message: reason.message ?? null,
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    at,
  });
  // In the trash it counts until it is erased: see `purge.ts`.
  const counted = (row: FileRow) => row.status === 'ready' || row.trashedUntil !== null;
  if (!counted(before) && counted(after)) {
    await recordUsage(tx, { file: after, sign: 1, at, isUpload: before.status === 'verifying' });
    await enqueueThumbnail(tx, ctx, after);
  }
  if (counted(before) && !counted(after))
    await recordUsage(tx, { file: before, sign: -1, at, isUpload: false });
  await noteUploadEnd(tx, ctx, { row: after, reason });
  await announce(tx, ctx, { before, after, project, reason });
  await announceEnd(tx, ctx, after);
  await releaseCallback(tx, ctx, after);
  failpoint('transition.before-commit');
  return after;
}

function timesOf(before: FileRow, to: FileStatus, at: Date): Partial<FileRow> {
  if (to === 'pending' || to === 'verifying') return {};
  if (to !== 'ready') return { endedAt: at };
  if (before.status === 'deleted') return { endedAt: null, trashedUntil: null };
  // The time to confirm begins when there is something to confirm.
  const waited = at.getTime() - before.createdAt.getTime();
  const { confirmBy } = before;
  return {
    readyAt: at,
    ...(confirmBy !== null && { confirmBy: new Date(confirmBy.getTime() + waited) }),
  };
}

/** The audit entry and the event of an end; steps on the way to it are in the history alone. */
async function announce(
  tx: Tx,
  ctx: SlipwayContext,
  input: { before: FileRow; after: FileRow; project: Project; reason: TransitionReason },
): Promise<void> {
  const { before, after, project, reason } = input;
  const restored = before.status === 'deleted' && after.status === 'ready';
  const type = restored ? 'file.restored' : EVENTS[after.status];
  // A piece of another upload is no file that anybody knows of.
  if (type === undefined || after.uploadKind === 'tus_partial') return;
  await recordAudit(tx, ctx, {
    organizationId: project.organizationId,
    action: type,
    entityId: after.id,
    data: {
      projectId: project.id,
      name: after.name,
      size: after.size,
      from: before.status,
      reason: reason.code,
      ...(reason.message === undefined ? {} : { message: reason.message }),
    },
  });
  await recordEvent(tx, ctx, {
    projectId: project.id,
    type,
    entityId: after.id,
    data: {
      file: fileView(after, { project, filesUrl: ctx.config.filesUrl }),
      reason: reason.code,
    },
    at: ctx.now(),
  });
}
