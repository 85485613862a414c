import { isUniqueViolation } from '@repo/foundation/errors';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import type { FileView } from './schema.ts';
import type { FileRow } from './table.ts';
import { versionEnds } from './take-place.ts';
import { transition } from './transition.ts';
import { restoreVersion } from './versions.ts';

/**
 * Takes a file out of the trash: it is what it was, at the same address. An older version that is there
 * becomes the newest.
 *
 * @throws `conflict` when it is not in the trash, or its time is over; `custom_id_taken` when another file has its customId now.
 */
export async function restoreFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.delete');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const view = { project, filesUrl: ctx.config.filesUrl };
  // Said again, as after a lost answer.
  if (row.status === 'ready') {
    const restored = await restoreVersion(ctx, { row, project });
    return fileView(restored ?? row, view);
  }
  requireTimeLeft(ctx, row);
  const restored = await ctx.db
    .transaction((tx) =>
      transition(tx, ctx, {
        fileId: row.id,
        project,
        to: 'ready',
        reason: { code: 'restored' },
        set: {
          // That nobody confirmed it in time is made good by whoever brings it back.
          ...(row.confirmBy !== null && row.confirmBy <= ctx.now() && { confirmBy: null }),
          // An older version stays one, for as long as if it had just been replaced.
          ...(row.replacedBy !== null && { versionUntil: versionEnds(ctx, project) }),
        },
      }),
    )
    .catch((error: unknown) => {
      if (!isUniqueViolation(error, 'file_project_custom_id')) throw error;
      throw slipwayError(
        'custom_id_taken',
        `Another file has the customId "${row.customId}" now. Delete or rename that one first.`,
        { cause: error },
      );
    });
  if (restored === undefined) {
    throw slipwayError(
      'conflict',
      `Expected a file in the trash; this one is ${row.status === 'deleted' ? 'deleted for good' : row.status}.`,
      { details: { status: row.status } },
    );
  }
  return fileView(restored, view);
}

/** The next sweep would delete it for good, a minute after it was said to be back. */
function requireTimeLeft(ctx: SlipwayContext, { deleteAt, status }: FileRow): void {
  if (status !== 'deleted' || deleteAt === null || deleteAt > ctx.now()) return;
  throw slipwayError(
    'conflict',
    `Expected a file whose time is not over; the rules gave this one until ${deleteAt.toISOString()}.`,
    { details: { expiresAt: deleteAt.toISOString() } },
  );
}
