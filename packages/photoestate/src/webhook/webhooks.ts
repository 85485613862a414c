import type { Tx } from '@repo/foundation/db';
import { organization, requireOrganization } from '@repo/foundation/organization';
import type { Disabled, EventRow, WebhookHome } from '@repo/foundation/webhook';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { OUTBOX } from '../event/outbox.ts';
import { recordEvent } from '../event/record.ts';

/** Webhooks are an organization's, and tell of its enhancements. */
export const WEBHOOKS: WebhookHome<Context> = {
  ...OUTBOX,
  product: 'PhotoEstate Pro',
  userAgent: 'PhotoEstate-Webhooks/1.0',
  ownerName: 'organization',
  testMessage: 'This is a test. Nothing happened to any photo.',
  async allow(ctx, organizationId) {
    await requireOrganization(ctx, organizationId, 'webhook.manage');
    return { organizationId };
  },
  async lock(tx, organizationId) {
    await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.id, organizationId))
      .for('update');
    return { organizationId };
  },
  organizationOf: async (_tx, organizationId) => organizationId,
  audited: () => ({}),
  keys(ctx) {
    if (ctx.sealingKeys !== null) return ctx.sealingKeys;
    throw appError(
      'unavailable',
      'This PhotoEstate Pro has no key to seal secrets with: whoever runs it has to set ENCRYPTION_KEYS.',
    );
  },
  payload: ({ type, createdAt, data }: EventRow) =>
    JSON.stringify({ type, timestamp: createdAt.toISOString(), data }),
  onDisabled,
};

/** The organization's other endpoints are told; the audit log says why. */
async function onDisabled(
  tx: Tx,
  ctx: Context,
  { endpoint, reason, cancelled }: Disabled,
): Promise<void> {
  const { id, ownerId: organizationId, url, description, failingSince } = endpoint;
  await recordEvent(tx, ctx, {
    organizationId,
    type: 'endpoint.disabled',
    entityId: id,
    data: {
      endpoint: { id, url, description, failingSince: failingSince?.toISOString() ?? null },
      reason,
      cancelled,
    },
  });
}
