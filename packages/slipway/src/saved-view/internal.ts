import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import type { Project } from '../project/table.ts';

/** Views are a person's own: whoever may look at the files may keep some, and sees no others. */
export async function requireViewer(
  ctx: SlipwayContext,
  projectId: string,
): Promise<{ project: Project; userId: string }> {
  const project = await requireProjectAsUser(ctx, projectId, 'file.read');
  if (ctx.actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  return { project, userId: ctx.actor.userId };
}
