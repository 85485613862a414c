import type { Actor } from '@repo/foundation/context';
import { type Db, perTurn, preparedOn } from '@repo/foundation/db';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { type HeldPlan, heldPlan } from '../plan/held-plan.ts';
import { organizationPlan } from '../plan/table.ts';
import { type Project, project } from '../project/table.ts';
import { hashApiKey, looksLikeApiKey } from './internal.ts';
import { type ApiKeyRow, apiKey } from './table.ts';

/** `lastUsedAt` is written at most this often, so that it costs the hot path nothing. */
const LAST_USED_EVERY_MS = 60_000;
const MOST_KEYS = 100;

export type KeyActor = Extract<Actor, { type: 'api_key' }>;

export interface VerifiedKey {
  actor: KeyActor;
  project: Project;
  /** Null when nobody gave its organization one. */
  plan: HeldPlan | null;
}

const keysByHash = preparedOn((db) =>
  db
    .select({ key: apiKey, project, plan: organizationPlan.plan, limits: organizationPlan.limits })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.projectId))
    .leftJoin(organizationPlan, eq(organizationPlan.organizationId, project.organizationId))
    .where(and(sql`${apiKey.hash} = any(${sql.placeholder('hashes')})`, isNull(project.deletedAt)))
    .prepare('api_keys_by_hash'),
);

const findKey = preparedOn((db) =>
  perTurn(
    async (hashes: readonly string[]) => {
      const rows = await keysByHash(db).execute({ hashes: [...new Set(hashes)] });
      const byHash = new Map(rows.map((row) => [row.key.hash, row]));
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
 * each time, so that a revoked key is refused by the very next request. Looked
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
      'This is not a Slipway key: expected sk_live_ or sk_test_ and 32 characters.',
    );
  }
  const row = await findKey(ctx.db)(hashApiKey(key));
  if (row === undefined)
    throw slipwayError('api_key_invalid', 'This key is unknown, or it was revoked.');
  const { key: found, project: of } = row;
  const now = ctx.now();
  requireAlive(found, now);
  const { id: keyId, lastUsedAt } = found;
  if (lastUsedAt === null || lastUsedAt < longAgo(now)) await noteUse(ctx.db)({ keyId, now });
  return { actor: actorOf(found), project: of, plan: row.plan && heldPlan(row.plan, row.limits) };
}

/** @throws `api_key_invalid` from the moment on at which the key was revoked, or is over. */
export function requireAlive({ revokedAt, expiresAt }: ApiKeyRow, now: Date): void {
  if (revokedAt !== null)
    throw slipwayError('api_key_invalid', 'This key is unknown, or it was revoked.');
  if (expiresAt !== null && expiresAt <= now)
    throw slipwayError('api_key_invalid', `This key was good until ${expiresAt.toISOString()}.`);
}

export function actorOf({ id, projectId, name, scopes, environment }: ApiKeyRow): KeyActor {
  return {
    type: 'api_key',
    keyId: id,
    projectId,
    name,
    scopes,
    isTest: environment === 'test',
  };
}
