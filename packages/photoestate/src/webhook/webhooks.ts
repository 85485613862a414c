import type { Tx } from '@repo/foundation/db';
import { organization, requireOrganization } from '@repo/foundation/organization';
import type { Disabled, EventRow, WebhookHome } from '@repo/foundation/webhook';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { OUTBOX } from '../event/outbox.ts';
import { recordEvent } from '../event/record.ts';
import { notify } from '../notice/notify.ts';

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

/** The organization's other endpoints are told, and its members who look after webhooks; the audit log says why. */
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
  const at = ctx.now();
  await notify(tx, ctx, {
    ...{ organizationId, kind: 'webhook_disabled', about: `${id}:${at.getTime()}` },
    title: `The webhook ${nameOf(endpoint)} was disabled`,
    body:
      reason === 'gone'
        ? 'Its server answered 410 Gone. Mend it, enable the webhook, then replay what it missed.'
        : 'Nothing but failures came back for five days. Mend its server, enable the webhook, then replay what it missed.',
    path: `/organizations/${organizationId}/webhooks/${id}`,
    action: 'Open the webhook',
  });
}

/** Its address without what may be a secret. */
const nameOf = ({ url, description }: Disabled['endpoint']): string =>
  description === '' ? new URL(url).host : `“${description}”`;
