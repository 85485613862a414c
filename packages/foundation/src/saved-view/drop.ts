import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import type { Shelf } from './shelf.ts';

/** @throws `not_found` for a view that is not this person's, in this place. */
export async function dropView(ctx: BaseContext, shelf: Shelf, viewId: string): Promise<void> {
  const { table, placeId, userId } = shelf;
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(table)
      .where(and(eq(table.id, viewId), eq(table.placeId, placeId), eq(table.userId, userId)))
      .returning();
    if (row === undefined)
      throw appError('not_found', `You have no view "${viewId}" in this ${shelf.place}.`);
    await recordAudit(tx, ctx, {
      organizationId: shelf.organizationId,
      action: 'saved_view.deleted',
      entityId: row.id,
      data: { ...shelf.about, name: row.name },
    });
  });
}
