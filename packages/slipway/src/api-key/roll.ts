import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import {
  type ApiKeyView,
  apiKeyView,
  auditedKey,
  getKeyInProject,
  insertApiKey,
  requireItsWorld,
} from './internal.ts';
import { RollApiKey } from './schema.ts';
import { apiKey } from './table.ts';

const HOUR_MS = 3_600_000;

/**
 * A successor with the same name, scopes and end. The old key works beside it for a while, so that
 * servers can change one by one, or stops with the same commit.
 *
 * @throws `conflict` for a key that has a successor already, or is over.
 */
export async function rollApiKey(
  ctx: SlipwayContext,
  input: RollApiKey,
): Promise<{ apiKey: ApiKeyView; key: string }> {
  await requireProject(ctx, input.projectId, 'key.manage');
  const { projectId, keyId, overlapHours } = RollApiKey.parse(input);
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockProject(tx, projectId);
    const old = await getKeyInProject(tx, { projectId, keyId });
    requireItsWorld(ctx, old.environment);
    const now = ctx.now();
    if (old.rolledTo !== null)
      throw slipwayError('conflict', 'This key was rolled already; roll its successor instead.');
    if (old.expiresAt !== null && old.expiresAt <= now)
      throw slipwayError('conflict', 'This key is over; create a new one instead.');
    const { name, environment, scopes } = old;
    const { row, key } = await insertApiKey(tx, {
      projectId,
      name,
      environment,
      scopes,
      expiresAt: old.expiresAt,
      createdBy: actorId(ctx.actor),
      createdAt: now,
    });
    const worksUntil = earlier(new Date(now.getTime() + overlapHours * HOUR_MS), old.expiresAt);
    await tx
      .update(apiKey)
      .set({
        rolledTo: row.id,
        expiresAt: worksUntil,
        ...(overlapHours === 0 && { revokedAt: now }),
      })
      .where(eq(apiKey.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.rolled',
      entityId: keyId,
      data: {
        projectId,
        worksUntil: worksUntil.toISOString(),
        before: auditedKey(old),
        after: { ...auditedKey(row), id: row.id },
      },
    });
    return { apiKey: apiKeyView(row), key };
  });
}

const earlier = (a: Date, b: Date | null) => (b !== null && b < a ? b : a);
