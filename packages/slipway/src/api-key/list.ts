import { user } from '@repo/foundation/auth';
import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { type ApiKeyView, apiKeyView } from './internal.ts';
import { apiKey } from './table.ts';

export interface ListedApiKey extends ApiKeyView {
  /** Who made it, by name; null when nobody did, or nobody knows them any more. */
  createdByName: string | null;
  isOver: boolean;
}

/** What is known of the project's keys, newest first; never the keys themselves. */
export async function listApiKeys(ctx: SlipwayContext, projectId: string): Promise<ListedApiKey[]> {
  await requireProject(ctx, projectId, 'key.manage');
  const rows = await ctx.db
    .select({ key: apiKey, createdByName: user.name })
    .from(apiKey)
    .leftJoin(user, eq(user.id, apiKey.createdBy))
    .where(
      and(
        eq(apiKey.projectId, projectId),
        isNull(apiKey.revokedAt),
        // One whose successor has taken over is of no use to anybody.
        or(isNull(apiKey.rolledTo), gt(apiKey.expiresAt, ctx.now())),
      ),
    )
    .orderBy(desc(apiKey.createdAt), desc(apiKey.id));
  return rows.map(({ key, createdByName }) => ({
    ...apiKeyView(key),
    createdByName,
    isOver: key.expiresAt !== null && key.expiresAt <= ctx.now(),
  }));
}
