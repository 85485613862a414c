import { dropView } from '@repo/foundation/saved-view';
import type { SlipwayContext } from '../context.ts';
import { shelfOf } from './internal.ts';
import { ViewRef } from './schema.ts';

export async function deleteView(ctx: SlipwayContext, input: ViewRef): Promise<void> {
  const shelf = await shelfOf(ctx, input.projectId);
  await dropView(ctx, shelf, ViewRef.parse(input).viewId);
}
