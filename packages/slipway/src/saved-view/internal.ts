import type { Shelf } from '@repo/foundation/saved-view';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { savedView } from './table.ts';

/** Views are a person's own: whoever may look at the files may keep some, and sees no others. */
export async function shelfOf(ctx: SlipwayContext, projectId: string): Promise<Shelf> {
  const { id, organizationId } = await requireProjectAsUser(ctx, projectId, 'file.read');
  if (ctx.actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  return {
    table: savedView,
    placeId: id,
    place: 'project',
    userId: ctx.actor.userId,
    organizationId,
    about: { projectId: id },
    lock: (tx) => lockProject(tx, id),
  };
}
