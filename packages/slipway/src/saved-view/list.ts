import { listSavedViews, type SavedViewView } from '@repo/foundation/saved-view';
import type { SlipwayContext } from '../context.ts';
import { shelfOf } from './internal.ts';

/** The views that this person keeps in this project, by name. */
export async function listViews(ctx: SlipwayContext, projectId: string): Promise<SavedViewView[]> {
  return listSavedViews(ctx, await shelfOf(ctx, projectId));
}
