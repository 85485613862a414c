import type { Tx } from '@repo/foundation/db';
import type { Disabled, WebhookHome } from '@repo/foundation/webhook';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { OUTBOX } from '../event/outbox.ts';
import { recordEvent } from '../event/record.ts';
import { refuseTestKey } from '../file/test-mode.ts';
import { endpointDisabledJob } from '../notification/jobs.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import { project } from '../project/table.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import { payloadOf } from './payload.ts';

/** Webhooks are a project's, and tell of its files. */
export const WEBHOOKS: WebhookHome<SlipwayContext> = {
  ...OUTBOX,
  product: 'Slipway',
  userAgent: 'Slipway-Webhooks/1.0',
  ownerName: 'project',
  testMessage: 'This is a test. Nothing happened to any file.',
  async allow(ctx, projectId) {
    const found = await requireProject(ctx, projectId, 'webhook.manage');
    refuseTestKey(ctx.actor, 'webhook endpoints, which are told of live files');
    return found;
  },
  lock: lockProject,
  async organizationOf(tx, projectId) {
    const [owner] = await tx
      .select({ organizationId: project.organizationId })
      .from(project)
      .where(eq(project.id, projectId));
    return owner?.organizationId ?? null;
  },
  audited: (projectId) => ({ projectId }),
  keys: (ctx) => requireKeys(ctx.buckets),
  payload: payloadOf,
  onDisabled,
};

/** By the event `endpoint.disabled` and a mail. */
async function onDisabled(
  tx: Tx,
  ctx: SlipwayContext,
  { endpoint, reason, cancelled }: Disabled,
): Promise<void> {
  const { id, ownerId: projectId, url, description } = endpoint;
  await ctx.queue.enqueue(tx, endpointDisabledJob, { payload: { endpointId: id } });
  await recordEvent(tx, ctx, {
    projectId,
    type: 'endpoint.disabled',
    entityId: id,
    data: {
      endpoint: {
        id,
        url,
        description,
        failingSince: endpoint.failingSince?.toISOString() ?? null,
      },
      reason,
      cancelled,
    },
    at: ctx.now(),
  });
}
