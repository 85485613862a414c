import { desc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { appIdOf } from './addresses.ts';
import { UT_KEY_PREFIX } from './key-secret.ts';
import { type UploadthingKeyRow, uploadthingKey } from './table.ts';
import { type UploadthingVariables, variablesOf } from './token.ts';

export interface UploadthingKeyView {
  id: string;
  /** What may be shown of it: the start and the last four characters. */
  prefix: string;
  last4: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

export interface UploadthingSettings {
  appId: string;
  keys: UploadthingKeyView[];
  variables: UploadthingVariables;
  /** False where whoever runs this Slipway has set no ENCRYPTION_KEYS to seal keys with. */
  canCreate: boolean;
}

export const keyView = (row: UploadthingKeyRow): UploadthingKeyView => ({
  id: row.id,
  prefix: UT_KEY_PREFIX,
  last4: row.last4,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  expiresAt: row.expiresAt,
});

/** What an app needs to come here, but for its token; and what is known of the keys in such tokens. */
export async function getUploadthingSettings(
  ctx: SlipwayContext,
  projectId: string,
): Promise<UploadthingSettings> {
  const project = await requireProjectAsUser(ctx, projectId, 'key.manage');
  const rows = await ctx.db
    .select()
    .from(uploadthingKey)
    .where(eq(uploadthingKey.projectId, project.id))
    .orderBy(desc(uploadthingKey.createdAt), desc(uploadthingKey.id));
  const now = ctx.now();
  return {
    appId: appIdOf(project),
    keys: rows.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).map(keyView),
    variables: variablesOf(ctx),
    canCreate: ctx.buckets.keys !== null,
  };
}
