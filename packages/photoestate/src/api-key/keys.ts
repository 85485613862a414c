import type { KeyHome } from '@repo/foundation/api-key';
import type { Tx } from '@repo/foundation/db';
import { organization, requireOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { KEY_SCOPES, type KeyScope } from '../permission.ts';
import { apiKey } from './table.ts';

/** Keys are an organization's, and there is no world for trying out: `pk_live_…`. */
export const KEYS: KeyHome<Context, KeyScope> = {
  product: 'PhotoEstate Pro',
  prefix: 'pk',
  environments: ['live'],
  table: apiKey,
  scopes: KEY_SCOPES,
  ownerName: 'organization',
  allow: (ctx, organizationId) => requireOrganization(ctx, organizationId, 'key.manage'),
  lock: lockOrganization,
  audited: () => ({}),
  requireEnvironment: () => undefined,
};

async function lockOrganization(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({ organizationId: organization.id })
    .from(organization)
    .where(eq(organization.id, organizationId))
    .for('update');
  if (row === undefined)
    throw appError('not_found', `There is no organization "${organizationId}".`);
  return row;
}
