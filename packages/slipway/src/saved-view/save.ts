import { keepView, type SavedViewView } from '@repo/foundation/saved-view';
import type { SlipwayContext } from '../context.ts';
import { shelfOf } from './internal.ts';
import { SaveView } from './schema.ts';

/** Keeps a view; one of the same name becomes this one. */
export async function saveView(ctx: SlipwayContext, input: SaveView): Promise<SavedViewView> {
  const shelf = await shelfOf(ctx, input.projectId);
  return keepView(ctx, shelf, SaveView.parse(input));
}
