import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { brandingOf } from './branding.ts';

/** Another file has another address, so that browsers may keep what they have. */
export function logoUrl(organizationId: string, fileId: string | null): string | null {
  return fileId === null
    ? null
    : `/media/organizations/${organizationId}/logo?v=${fileId.slice(-8)}`;
}

/**
 * The file of an organization's logo. It is what an organization shows to the world, in galleries and mails:
 * whoever knows the organization's id may see it.
 *
 * @throws `not_found`, without an organization as without a logo.
 */
export async function findLogo(ctx: Context, organizationId: string): Promise<string> {
  const branding = await brandingOf(ctx.db, organizationId).catch(() => null);
  if (!branding?.logoFileId) throw appError('not_found', 'There is no such picture.');
  return branding.logoFileId;
}
