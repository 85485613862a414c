import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { and, count, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import {
  type ApiKeyView,
  apiKeyView,
  auditedKey,
  insertApiKey,
  requireItsWorld,
} from './internal.ts';
import { CreateApiKey } from './schema.ts';
import { apiKey } from './table.ts';

/** More than anybody keeps an eye on. */
const MOST_KEYS = 100;

/**
 * One more key for the project; the key is in the answer and nowhere else.
 *
 * @throws `validation_failed` for an end that is past, `conflict` when there are too many.
 */
export async function createApiKey(
  ctx: SlipwayContext,
  input: CreateApiKey,
): Promise<{ apiKey: ApiKeyView; key: string }> {
  await requireProject(ctx, input.projectId, 'key.manage');
  const wish = CreateApiKey.parse(input);
  requireItsWorld(ctx, wish.environment);
  if (wish.expiresAt !== null && wish.expiresAt <= ctx.now()) {
    throw slipwayError(
      'validation_failed',
      `Expected "expiresAt" to be in the future, received ${wish.expiresAt.toISOString()}.`,
    );
  }
  return ctx.db.transaction((tx) => makeKey(tx, ctx, wish));
}

/** In the caller's transaction, which asked for the permission. */
export async function makeKey(
  tx: Tx,
  ctx: SlipwayContext,
  wish: z.output<typeof CreateApiKey>,
): Promise<{ apiKey: ApiKeyView; key: string }> {
  const { organizationId, id: projectId } = await lockProject(tx, wish.projectId);
  const [held] = await tx
    .select({ keys: count() })
    .from(apiKey)
    .where(and(eq(apiKey.projectId, projectId), isNull(apiKey.revokedAt)));
  if ((held?.keys ?? 0) >= MOST_KEYS) {
    throw slipwayError('conflict', `A project has at most ${MOST_KEYS} keys; revoke one first.`);
  }
  const { row, key } = await insertApiKey(tx, {
    ...wish,
    createdBy: actorId(ctx.actor),
    createdAt: ctx.now(),
  });
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'api_key.created',
    entityId: row.id,
    data: { projectId, after: auditedKey(row) },
  });
  return { apiKey: apiKeyView(row), key };
}
