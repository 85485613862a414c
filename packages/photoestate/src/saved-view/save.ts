import { keepView, type SavedViewView } from '@repo/foundation/saved-view';
import type { Context } from '../context.ts';
import { shelfOf } from './internal.ts';
import { SaveView } from './schema.ts';

/** Keeps a view; one of the same name becomes this one. */
export async function saveView(ctx: Context, input: SaveView): Promise<SavedViewView> {
  const { organizationId, ...view } = SaveView.parse(input);
  return keepView(ctx, await shelfOf(ctx, organizationId), view);
}
