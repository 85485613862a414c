import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { tellOrganization } from './tell-organization.ts';
import { keyExpiringMessage } from './template/key-expiring.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Handler of `notify.expiring_keys`: seven days and one day before a key's end. */
export async function notifyExpiringKeys(ctx: SlipwayContext): Promise<void> {
  const now = ctx.now();
  const ending = await ctx.db
    .select({ key: apiKey, project })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.ownerId))
    .where(
      and(
        isNull(apiKey.revokedAt),
        // Of a key that was rolled the end is meant.
        isNull(apiKey.rolledTo),
        isNull(project.deletedAt),
        gt(apiKey.expiresAt, now),
        lte(apiKey.expiresAt, new Date(now.getTime() + WEEK_MS)),
      ),
    );
  for (const { key, project: subject } of ending) {
    const { expiresAt } = key;
    if (expiresAt === null) continue;
    const stage = expiresAt.getTime() - now.getTime() <= DAY_MS ? DAY_MS : WEEK_MS;
    // Whoever made a key for three days needs no word that it ends within seven.
    if (expiresAt.getTime() - key.createdAt.getTime() <= stage) continue;
    await ctx.db.transaction((tx) =>
      tellOrganization(tx, ctx, {
        organizationId: subject.organizationId,
        kind: 'key_expiring',
        about: `${key.id}:${expiresAt.getTime()}:${stage / DAY_MS}d`,
        path: `/projects/${subject.id}/keys`,
        message: (url) =>
          keyExpiringMessage({
            projectName: subject.name,
            keyName: key.name,
            last4: key.last4,
            expiresAt,
            lastUsedAt: key.lastUsedAt,
            isSoon: stage === DAY_MS,
            url,
          }),
      }),
    );
  }
}
