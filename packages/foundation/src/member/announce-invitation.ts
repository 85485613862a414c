import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import { writeMail } from '../mail/index.ts';
import { organization } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { invitationMail } from './invitation-mail.ts';
import { invitationUrl } from './link.ts';
import { invitation } from './table.ts';

/** Handler of `invitation.created`. Whoever invited has the link as well, and can pass it on. */
export async function announceInvitation(
  ctx: MemberContext,
  { invitationId }: { invitationId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ row: invitation, organizationName: organization.name, invitedByName: user.name })
      .from(invitation)
      .innerJoin(organization, eq(organization.id, invitation.organizationId))
      .leftJoin(user, eq(user.id, invitation.invitedBy))
      .where(eq(invitation.id, invitationId));
    if (found === undefined) return;
    const { row, organizationName, invitedByName } = found;
    if (row.acceptedAt !== null || row.revokedAt !== null || row.expiresAt <= ctx.now()) return;
    await writeMail(tx, ctx, {
      kind: 'invitation',
      dedupKey: `invitation:${invitationId}`,
      recipient: row.email,
      senderName: await ctx.senderNameOf?.(tx, row.organizationId),
      content: await invitationMail({
        brand: ctx.product.name,
        accent: ctx.product.accent,
        organizationName,
        invitedByName,
        role: row.role,
        expiresAt: row.expiresAt,
        url: invitationUrl(ctx, row),
      }),
    });
  });
}
