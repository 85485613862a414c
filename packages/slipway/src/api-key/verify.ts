import type { Actor } from '@repo/foundation/context';
import { type Db, perTurn, preparedOn } from '@repo/foundation/db';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { type Project, project } from '../project/table.ts';
import { hashApiKey, looksLikeApiKey } from './internal.ts';
import { apiKey } from './table.ts';

/** `lastUsedAt` is written at most this often, so that it costs the hot path nothing. */
const LAST_USED_EVERY_MS = 60_000;
const MOST_KEYS = 100;

export interface VerifiedKey {
  actor: Extract<Actor, { type: 'api_key' }>;
  project: Project;
}

const keysByHash = preparedOn((db) =>
  db
    .select({ hash: apiKey.hash, keyId: apiKey.id, lastUsedAt: apiKey.lastUsedAt, project })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.projectId))
    .where(and(sql`${apiKey.hash} = any(${sql.placeholder('hashes')})`, isNull(project.deletedAt)))
    .prepare('api_keys_by_hash'),
);

const findKey = preparedOn((db) =>
  perTurn(
    async (hashes: readonly string[]) => {
      const rows = await keysByHash(db).execute({ hashes: [...new Set(hashes)] });
      const byHash = new Map(rows.map((row) => [row.hash, row]));
      return hashes.map((hash) => byHash.get(hash));
    },
    { most: MOST_KEYS },
  ),
);

/** Whoever comes second, from this process or another, has nothing to write and waits for nobody. */
const noteUse = preparedOn((db) =>
  perTurn(
    async (uses: readonly { keyId: string; now: Date }[]) => {
      const now = new Date(Math.max(...uses.map((use) => use.now.getTime())));
      const due = db
        .select({ id: apiKey.id })
        .from(apiKey)
        .where(
          and(
            inArray(apiKey.id, [...new Set(uses.map(({ keyId }) => keyId))]),
            or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, longAgo(now))),
          ),
        )
        .for('update', { skipLocked: true });
      await db.update(apiKey).set({ lastUsedAt: now }).where(inArray(apiKey.id, due));
      return uses;
    },
    { most: MOST_KEYS },
  ),
);

const longAgo = (now: Date) => new Date(now.getTime() - LAST_USED_EVERY_MS);

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
  const row = await findKey(ctx.db)(hashApiKey(key));
  if (row === undefined)
    throw slipwayError('api_key_invalid', 'This key is unknown, or it was replaced.');
  const { keyId, lastUsedAt } = row;
  const now = ctx.now();
  if (lastUsedAt === null || lastUsedAt < longAgo(now)) await noteUse(ctx.db)({ keyId, now });
  return { actor: { type: 'api_key', keyId, projectId: row.project.id }, project: row.project };
}
