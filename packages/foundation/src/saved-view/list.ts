import { and, asc, eq } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import type { SavedViewView } from './schema.ts';
import type { Shelf } from './shelf.ts';

/** The views that this person keeps in this place, by name. */
export async function listSavedViews(
  ctx: BaseContext,
  { table, placeId, userId }: Shelf,
): Promise<SavedViewView[]> {
  return ctx.db
    .select({ id: table.id, name: table.name, query: table.query })
    .from(table)
    .where(and(eq(table.placeId, placeId), eq(table.userId, userId)))
    .orderBy(asc(table.name));
}
