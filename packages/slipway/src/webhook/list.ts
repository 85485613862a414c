import { and, asc, count, eq, gte, inArray, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { endpointView, getEndpointInProject, requireWebhooks } from './internal.ts';
import type { EndpointRef, WebhookView } from './schema.ts';
import { webhookAttempt, webhookEndpoint } from './table.ts';

const DAY_MS = 86_400_000;

export interface WebhookHealth {
  /** Of the last 24 hours. */
  tries: number;
  successes: number;
}

export async function listWebhooks(ctx: SlipwayContext, projectId: string): Promise<WebhookView[]> {
  await requireWebhooks(ctx, projectId);
  const rows = await ctx.db
    .select()
    .from(webhookEndpoint)
    .where(eq(webhookEndpoint.projectId, projectId))
    .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id));
  return rows.map((row) => endpointView(row, ctx.now()));
}

export async function getWebhook(ctx: SlipwayContext, ref: EndpointRef): Promise<WebhookView> {
  await requireWebhooks(ctx, ref.projectId);
  return endpointView(await getEndpointInProject(ctx.db, ref), ctx.now());
}

/** For the dashboard: how each of the project's endpoints did. */
export async function webhookHealth(
  ctx: SlipwayContext,
  projectId: string,
): Promise<Record<string, WebhookHealth>> {
  await requireWebhooks(ctx, projectId);
  const own = ctx.db
    .select({ id: webhookEndpoint.id })
    .from(webhookEndpoint)
    .where(eq(webhookEndpoint.projectId, projectId));
  const rows = await ctx.db
    .select({
      endpointId: webhookAttempt.endpointId,
      tries: count(),
      successes: sql<number>`(count(*) filter (where ${webhookAttempt.succeeded}))::int`,
    })
    .from(webhookAttempt)
    .where(
      and(
        inArray(webhookAttempt.endpointId, own),
        gte(webhookAttempt.at, new Date(ctx.now().getTime() - DAY_MS)),
      ),
    )
    .groupBy(webhookAttempt.endpointId);
  return Object.fromEntries(
    rows.map(({ endpointId, tries, successes }) => [endpointId, { tries, successes }]),
  );
}
