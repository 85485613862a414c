import { listSavedViews, type SavedViewView } from '@repo/foundation/saved-view';
import type { Context } from '../context.ts';
import { shelfOf } from './internal.ts';
import { ListViews } from './schema.ts';

/** The views that this member keeps, by name. */
export async function listViews(ctx: Context, input: ListViews): Promise<SavedViewView[]> {
  return listSavedViews(ctx, await shelfOf(ctx, ListViews.parse(input).organizationId));
}
