import { dropView } from '@repo/foundation/saved-view';
import type { Context } from '../context.ts';
import { shelfOf } from './internal.ts';
import { ViewRef } from './schema.ts';

export async function deleteView(ctx: Context, input: ViewRef): Promise<void> {
  const { organizationId, viewId } = ViewRef.parse(input);
  await dropView(ctx, await shelfOf(ctx, organizationId), viewId);
}
