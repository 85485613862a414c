import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { webhookEndpoint } from '../webhook/table.ts';
import { tellOrganization } from './tell-organization.ts';
import { endpointDisabledMessage } from './template/endpoint-disabled.ts';

/** Handler of `notify.endpoint_disabled`; by the row: one that was enabled again meanwhile is no news. */
export async function notifyEndpointDisabled(
  ctx: SlipwayContext,
  { endpointId }: { endpointId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ endpoint: webhookEndpoint, project })
      .from(webhookEndpoint)
      .innerJoin(project, eq(project.id, webhookEndpoint.ownerId))
      .where(eq(webhookEndpoint.id, endpointId));
    if (found === undefined || found.project.deletedAt !== null) return;
    const { disabledReason, disabledAt, url: endpointUrl, failingSince } = found.endpoint;
    if (disabledReason === null || disabledReason === 'manual' || disabledAt === null) return;
    await tellOrganization(tx, ctx, {
      organizationId: found.project.organizationId,
      kind: 'endpoint_disabled',
      about: `${endpointId}:${disabledAt.getTime()}`,
      path: `/projects/${found.project.id}/webhooks/${endpointId}`,
      message: (url) =>
        endpointDisabledMessage({
          projectName: found.project.name,
          endpointUrl,
          reason: disabledReason,
          failingSince,
          url,
        }),
    });
  });
}
