import { hashApiKey } from '@repo/foundation/api-key';
import { recordAudit } from '@repo/foundation/audit';
import { ConfigError } from '@repo/foundation/config';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { organization } from '@repo/foundation/organization';
import { and, eq, isNull } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';
import { DEFAULT_RULES } from '../project/index.ts';
import { project } from '../project/table.ts';

export interface ProjectWish {
  organizationId: string;
  name: string;
  /** The key that works for it afterwards. */
  key: string;
  /** What to say when another key works for it already. */
  refusal: string;
}

/**
 * The organization's project of this name, made if need be. Its key is never replaced: others may
 * be working with it. Only a project without any key gets this one.
 */
export async function ensureProject(ctx: SlipwayContext, wish: ProjectWish): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const { organizationId, name } = wish;
    // Two machines may start at once: the second one waits here and then finds the first one's.
    await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.id, organizationId))
      .for('update');
    const [found] = await tx
      .select({ id: project.id })
      .from(project)
      .where(
        and(
          eq(project.organizationId, organizationId),
          eq(project.name, name),
          isNull(project.deletedAt),
        ),
      );
    const id = found?.id ?? (await insertProject(tx, ctx, wish));
    const keys = await tx.select({ hash: apiKey.hash }).from(apiKey).where(eq(apiKey.ownerId, id));
    const hash = hashApiKey(wish.key);
    if (keys.some((known) => known.hash === hash)) return id;
    if (keys.length > 0) throw new ConfigError(wish.refusal);
    const last4 = wish.key.slice(-4);
    await tx.insert(apiKey).values({ id: newId('key'), ownerId: id, hash, last4 });
    return id;
  });
}

async function insertProject(
  tx: Tx,
  ctx: SlipwayContext,
  { organizationId, name }: ProjectWish,
): Promise<string> {
  const id = newId('prj');
  await tx.insert(project).values({ id, organizationId, name, rules: DEFAULT_RULES });
  const action = 'project.created';
  await recordAudit(tx, ctx, { organizationId, action, entityId: id, data: { name } });
  return id;
}
