import { and, count, eq, ne } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import type { SavedViewView } from './schema.ts';
import type { Shelf } from './shelf.ts';

const MOST = 50;

/** Keeps a view; one of the same name becomes this one. */
export async function keepView(
  ctx: BaseContext,
  shelf: Shelf,
  { name, query }: { name: string; query: string },
): Promise<SavedViewView> {
  const { table, placeId, userId } = shelf;
  return ctx.db.transaction(async (tx) => {
    // One after another, so that nobody gets past the number.
    await shelf.lock(tx);
    const own = and(eq(table.placeId, placeId), eq(table.userId, userId));
    const [others] = await tx
      .select({ number: count() })
      .from(table)
      .where(and(own, ne(table.name, name)));
    if ((others?.number ?? 0) >= MOST) {
      throw appError(
        'validation_failed',
        `Expected at most ${MOST} views in a ${shelf.place}; delete one first.`,
      );
    }
    const [row] = await tx
      .insert(table)
      .values({ id: newId('view'), placeId, userId, name, query, createdAt: ctx.now() })
      .onConflictDoUpdate({ target: [table.placeId, table.userId, table.name], set: { query } })
      .returning();
    if (row === undefined) throw new Error('the saved view was not returned');
    await recordAudit(tx, ctx, {
      organizationId: shelf.organizationId,
      action: 'saved_view.saved',
      entityId: row.id,
      data: { ...shelf.about, name, query },
    });
    return { id: row.id, name: row.name, query: row.query };
  });
}
