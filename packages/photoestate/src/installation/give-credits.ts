import { recordAudit } from '@repo/foundation/audit';
import { requireInstallationAdmin } from '@repo/foundation/installation';
import { organization, requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { grantCredits } from '../credit/grant.ts';
import { appError } from '../errors.ts';
import { notify } from '../notice/notify.ts';
import { GiveCredits } from './schema.ts';

const DAY_MS = 86_400_000;

/** Gives an organization credits, with the reason that its members read in their ledger. For admins of the installation. */
export async function giveCredits(ctx: Context, input: GiveCredits): Promise<{ given: boolean }> {
  await requireInstallationAdmin(ctx);
  const { organizationId, credits, reason, days, reference } = GiveCredits.parse(input);
  const userId = requireUser(ctx);
  const expiresAt = days === null ? null : new Date(ctx.now().getTime() + days * DAY_MS);
  return ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ name: organization.name })
      .from(organization)
      .where(eq(organization.id, organizationId));
    if (found === undefined)
      throw appError('not_found', `There is no organization "${organizationId}".`);
    const given = await grantCredits(tx, ctx, {
      ...{ organizationId, credits, expiresAt, userId },
      reference: `admin:${reference}`,
      note: reason,
    });
    if (!given) return { given };
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'credit.granted',
      entityId: organizationId,
      data: { credits, reason, expiresAt: expiresAt?.toISOString() ?? null },
    });
    const counted = `${credits.toLocaleString('en-US')} ${credits === 1 ? 'credit' : 'credits'}`;
    await notify(tx, ctx, {
      organizationId,
      kind: 'credits_granted',
      about: `${organizationId}:${reference}`,
      title: `${found.name} has ${counted} more`,
      body: `The reason given: ${reason}`,
      path: '/credits',
      action: 'See the credits',
    });
    return { given };
  });
}
