import type { Tx } from '@repo/foundation/db';
import { member, requirePermission, requireUser, roleIn } from '@repo/foundation/organization';
import { and, eq, exists, isNull, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import type { Permission } from '../permission.ts';
import type { Listing } from './schema.ts';
import { type ListingRow, listing } from './table.ts';

/**
 * The condition under which the actor may see a listing: members of its
 * organization, and our own jobs. Every query for one entity carries it, so a
 * stranger gets the same answer as for something that does not exist.
 */
export function visibleTo(ctx: Context): SQL | undefined {
  if (ctx.actor.type === 'system') return isNull(listing.deletedAt);
  const userId = requireUser(ctx);
  const membership = ctx.db
    .select({ one: sql`1` })
    .from(member)
    .where(and(eq(member.organizationId, listing.organizationId), eq(member.userId, userId)));
  return and(isNull(listing.deletedAt), exists(membership));
}

/** The actor's role where a listing belongs, to be asked for with it; null for our own jobs. */
export function roleThere(ctx: Context): SQL<string | null> {
  if (ctx.actor.type === 'system') return sql<string | null>`null`;
  // A query of its own: columns in bare SQL lose their table's name where no other table is joined.
  const found = ctx.db
    .select({ role: member.role })
    .from(member)
    .where(
      and(eq(member.organizationId, listing.organizationId), eq(member.userId, requireUser(ctx))),
    );
  return sql<string | null>`(${found})`;
}

/** @throws `forbidden`, naming the permission, for a member without it; our own jobs may all. */
export function allow(ctx: Context, role: string | null, permission: Permission): void {
  if (ctx.actor.type === 'system') return;
  requirePermission(ctx.product, roleIn(ctx.product, role ?? ''), permission);
}

/**
 * The listing, when the actor may do this with it.
 *
 * @throws `not_found` for strangers; `forbidden`, naming the permission, for a member without it.
 */
export async function requireListing(
  ctx: Context,
  listingId: string,
  permission: Permission,
): Promise<ListingRow> {
  const [found] = await ctx.db
    .select({ row: listing, role: roleThere(ctx) })
    .from(listing)
    .where(and(eq(listing.id, listingId), visibleTo(ctx)));
  if (found === undefined) throw listingMissing(listingId);
  allow(ctx, found.role, permission);
  return found.row;
}

/**
 * Serialises everything that changes which frames make which scene. Taken
 * first in every such transaction, so that they cannot lock each other out.
 */
export async function lockListing(tx: Tx, listingId: string): Promise<ListingRow> {
  const [row] = await tx
    .select()
    .from(listing)
    .where(and(eq(listing.id, listingId), isNull(listing.deletedAt)))
    .for('update');
  if (row === undefined) throw listingMissing(listingId);
  return row;
}

function listingMissing(listingId: string) {
  return appError('not_found', `There is no listing "${listingId}".`);
}

export function toListing(row: ListingRow): Listing {
  const { id, organizationId, address, status, createdAt, updatedAt } = row;
  return { id, organizationId, address, status, createdAt, updatedAt };
}
