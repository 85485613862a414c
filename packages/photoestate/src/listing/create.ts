import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { newId } from '@repo/foundation/ids';
import { listOrganizations, requireOrganization } from '@repo/foundation/organization';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { ROLE_PERMISSIONS, type Role } from '../permission.ts';
import { requireAgent, toListing } from './internal.ts';
import { CreateListing, type Listing } from './schema.ts';
import { listing } from './table.ts';

export async function createListing(ctx: Context, input: CreateListing): Promise<Listing> {
  const { organizationId: wanted, ...fields } = CreateListing.parse(input);
  const organizationId = wanted ?? (await firstOrganization(ctx));
  const role = await requireOrganization(ctx, organizationId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    const id = newId('lst');
    const now = ctx.now();
    const createdBy = actorId(ctx.actor) ?? 'system';
    const agentId = fields.agentId === undefined ? ownAgent(createdBy, role) : fields.agentId;
    if (agentId !== null) await requireAgent(tx, { organizationId, agentId });
    const [row] = await tx
      .insert(listing)
      .values({
        ...fields,
        ...{ id, organizationId, agentId, createdBy, createdAt: now, updatedAt: now },
      })
      .returning();
    if (row === undefined) throw appError('internal', 'The listing could not be saved.');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.created',
      entityId: id,
      data: { address: row.address },
    });
    return toListing(tx, row);
  });
}

/** What agents add is theirs, unless they say otherwise. */
function ownAgent(createdBy: string, role: Role | null): string | null {
  return role === 'agent' ? createdBy : null;
}

async function firstOrganization(ctx: Context): Promise<string> {
  const first = (await listOrganizations(ctx)).find(({ role }) =>
    ROLE_PERMISSIONS[role].includes('listing.edit'),
  );
  if (first === undefined)
    throw appError('conflict', 'You belong to no organization yet that you may add listings to.');
  return first.id;
}
