import { and, asc, count, eq, gte, inArray, sql } from 'drizzle-orm';
import type { At } from './home.ts';
import { type EndpointRef, endpointView, getEndpointOf } from './internal.ts';
import type { WebhookView } from './schema.ts';

const DAY_MS = 86_400_000;

export interface WebhookHealth {
  /** Of the last 24 hours. */
  tries: number;
  successes: number;
}

export async function listWebhooks({ home, ctx }: At, ownerId: string): Promise<WebhookView[]> {
  await home.allow(ctx, ownerId);
  const { endpoint } = home.tables;
  const rows = await ctx.db
    .select()
    .from(endpoint)
    .where(eq(endpoint.ownerId, ownerId))
    .orderBy(asc(endpoint.createdAt), asc(endpoint.id));
  return rows.map((row) => endpointView(home, row, ctx.now()));
}

export async function getWebhook({ home, ctx }: At, ref: EndpointRef): Promise<WebhookView> {
  await home.allow(ctx, ref.ownerId);
  return endpointView(home, await getEndpointOf(ctx.db, home, ref), ctx.now());
}

/** For the dashboard: how each of the owner's endpoints did. */
export async function webhookHealth(
  { home, ctx }: At,
  ownerId: string,
): Promise<Record<string, WebhookHealth>> {
  await home.allow(ctx, ownerId);
  const { endpoint, attempt } = home.tables;
  const own = ctx.db
    .select({ id: endpoint.id })
    .from(endpoint)
    .where(eq(endpoint.ownerId, ownerId));
  const rows = await ctx.db
    .select({
      endpointId: attempt.endpointId,
      tries: count(),
      successes: sql<number>`(count(*) filter (where ${attempt.succeeded}))::int`,
    })
    .from(attempt)
    .where(
      and(
        inArray(attempt.endpointId, own),
        gte(attempt.at, new Date(ctx.now().getTime() - DAY_MS)),
      ),
    )
    .groupBy(attempt.endpointId);
  return Object.fromEntries(
    rows.map(({ endpointId, tries, successes }) => [endpointId, { tries, successes }]),
  );
}
