import { user } from '@repo/foundation/auth';
import type { Db, Tx } from '@repo/foundation/db';
import {
  member,
  requirePermission,
  requireScope,
  requireUser,
  roleIn,
} from '@repo/foundation/organization';
import { and, eq, exists, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { type Permission, ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import type { Listing } from './schema.ts';
import { type ListingRow, listing } from './table.ts';

/**
 * The condition under which the actor may see a listing: members and keys of its
 * organization, and our own jobs. Every query for one entity carries it, so a
 * stranger gets the same answer as for something that does not exist.
 */
export function visibleTo(ctx: Context): SQL | undefined {
  if (ctx.actor.type === 'system') return isNull(listing.deletedAt);
  if (ctx.actor.type === 'api_key')
    return and(isNull(listing.deletedAt), eq(listing.organizationId, ctx.actor.ownerId));
  const userId = requireUser(ctx);
  const membership = ctx.db
    .select({ one: sql`1` })
    .from(member)
    .where(and(eq(member.organizationId, listing.organizationId), eq(member.userId, userId)));
  return and(isNull(listing.deletedAt), exists(membership));
}

/** The actor's role where a listing belongs, to be asked for with it; null for our own jobs, and keys. */
export function roleThere(ctx: Context): SQL<string | null> {
  if (ctx.actor.type === 'system' || ctx.actor.type === 'api_key') return sql<string | null>`null`;
  // A query of its own: columns in bare SQL lose their table's name where no other table is joined.
  const found = ctx.db
    .select({ role: member.role })
    .from(member)
    .where(
      and(eq(member.organizationId, listing.organizationId), eq(member.userId, requireUser(ctx))),
    );
  return sql<string | null>`(${found})`;
}

/** @throws `forbidden`, naming the permission, for a member or key without it; our own jobs may all. */
export function allow(ctx: Context, role: string | null, permission: Permission): void {
  const { actor } = ctx;
  if (actor.type === 'system') return;
  if (actor.type === 'api_key') requireScope(ctx.product, actor.scopes, permission);
  else requirePermission(ctx.product, roleIn(ctx.product, role ?? ''), permission);
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

export function listingMissing(listingId: string) {
  return appError('not_found', `There is no listing "${listingId}".`);
}

/** The name of the agent goes with it; one who left the organization is still named. */
export async function toListing(db: Db | Tx, row: ListingRow): Promise<Listing> {
  const names = await agentNames(db, [row]);
  return withAgent(row, names);
}

export async function agentNames(
  db: Db | Tx,
  rows: readonly ListingRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(rows.flatMap(({ agentId }) => (agentId === null ? [] : [agentId])));
  if (ids.size === 0) return new Map();
  const found = await db
    .select({ id: user.id, name: user.name })
    .from(user)
    .where(inArray(user.id, [...ids]));
  return new Map(found.map(({ id, name }) => [id, name]));
}

export function withAgent(row: ListingRow, names: ReadonlyMap<string, string>): Listing {
  const { agentId } = row;
  const name = agentId === null ? undefined : names.get(agentId);
  return {
    id: row.id,
    organizationId: row.organizationId,
    address: row.address,
    mlsId: row.mlsId,
    agent: agentId === null || name === undefined ? null : { id: agentId, name },
    shootDate: row.shootDate,
    notes: row.notes,
    tags: row.tags,
    status: row.archivedAt === null ? row.status : 'archived',
    archivedAt: row.archivedAt,
    deliveredAt: row.deliveredAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** Who may be the agent of a listing: those who may change it. */
export const AGENT_ROLES = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('listing.edit'));

/** @throws `validation_failed` for somebody who cannot be the agent there. */
export async function requireAgent(
  tx: Tx,
  { organizationId, agentId }: { organizationId: string; agentId: string },
): Promise<void> {
  const [found] = await tx
    .select({ role: member.role })
    .from(member)
    .where(
      and(
        eq(member.organizationId, organizationId),
        eq(member.userId, agentId),
        inArray(member.role, AGENT_ROLES),
      ),
    );
  if (found !== undefined) return;
  throw appError(
    'validation_failed',
    'Expected "agentId" to be of a member of the organization who may change listings.',
  );
}
