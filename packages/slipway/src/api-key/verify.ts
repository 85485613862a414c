import type { Actor } from '@repo/foundation/context';
import { type Db, preparedOn } from '@repo/foundation/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { type Project, project } from '../project/table.ts';
import { hashApiKey, looksLikeApiKey } from './internal.ts';
import { apiKey } from './table.ts';

/** `lastUsedAt` is written at most this often, so that it costs the hot path nothing. */
const LAST_USED_EVERY_MS = 60_000;

export interface VerifiedKey {
  actor: Extract<Actor, { type: 'api_key' }>;
  project: Project;
}

const keyByHash = preparedOn((db) =>
  db
    .select({ keyId: apiKey.id, lastUsedAt: apiKey.lastUsedAt, project })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.projectId))
    .where(and(eq(apiKey.hash, sql.placeholder('hash')), isNull(project.deletedAt)))
    .prepare('api_key_by_hash'),
);

/**
 * The project behind an `Authorization: Bearer sk_…` header. Asks the database
 * each time, so that a replaced key is refused by the very next request. Looked
 * up by its hash: comparing digests leaks nothing about a key.
 */
export async function verifyApiKey(
  ctx: { db: Db; now: () => Date },
  authorization: string | undefined,
): Promise<VerifiedKey> {
  const [scheme, key] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined) {
    throw slipwayError('api_key_missing', 'Expected the header "Authorization: Bearer sk_live_…".');
  }
  if (!looksLikeApiKey(key)) {
    throw slipwayError(
      'api_key_invalid',
      'This is not a Slipway key: expected sk_live_ and 32 characters.',
    );
  }
  const [row] = await keyByHash(ctx.db).execute({ hash: hashApiKey(key) });
  if (row === undefined)
    throw slipwayError('api_key_invalid', 'This key is unknown, or it was replaced.');
  const now = ctx.now();
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_EVERY_MS) {
    await ctx.db.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, row.keyId));
  }
  return {
    actor: { type: 'api_key', keyId: row.keyId, projectId: row.project.id },
    project: row.project,
  };
}
