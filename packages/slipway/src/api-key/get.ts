import { desc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { keyPrefix } from './internal.ts';
import { apiKey } from './table.ts';

export interface ApiKeySummary {
  id: string;
  /** What may be shown of it: the start and the last four characters. */
  prefix: string;
  last4: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** What is known of the project's key; never the key itself. */
export async function getApiKey(
  ctx: SlipwayContext,
  projectId: string,
): Promise<ApiKeySummary | null> {
  await requireProjectAsUser(ctx, projectId, 'key.manage');
  const [row] = await ctx.db
    .select()
    .from(apiKey)
    .where(eq(apiKey.projectId, projectId))
    .orderBy(desc(apiKey.createdAt))
    .limit(1);
  if (row === undefined) return null;
  return {
    id: row.id,
    prefix: keyPrefix(row.environment),
    last4: row.last4,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
  };
}
