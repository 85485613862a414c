import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { invitation } from './table.ts';

/** Handler of `invitation.created`. Without mail whoever invited passes the link on by themselves. */
export async function announceInvitation(
  ctx: SlipwayContext,
  { invitationId }: { invitationId: string },
): Promise<void> {
  const [row] = await ctx.db.select().from(invitation).where(eq(invitation.id, invitationId));
  if (row === undefined || row.acceptedAt !== null || row.revokedAt !== null) return;
  ctx.log.info({ invitationId }, 'an invitation is open; its link is on the members page');
}
