import { and, inArray, isNull, lt, or } from 'drizzle-orm';
import type { ApiKeyActor } from '../context/index.ts';
import { type Db, perTurn, preparedOn } from '../db/index.ts';
import { apiError } from '../errors/index.ts';
import type { KeyHome } from './home.ts';
import { hashApiKey, keyPrefix, keyPrefixes, looksLikeApiKey } from './secret.ts';
import type { ApiKeyRow } from './table.ts';

/** `lastUsedAt` is written at most this often, so that it costs the hot path nothing. */
const LAST_USED_EVERY_MS = 60_000;
const MOST_KEYS = 100;

const longAgo = (now: Date) => new Date(now.getTime() - LAST_USED_EVERY_MS);

type Look = Pick<KeyHome, 'table' | 'product' | 'prefix' | 'environments'>;

/**
 * Finds what is behind an `Authorization: Bearer …` header. Asks the database each time, so that a
 * revoked key is refused by the very next request. Looked up by its hash: comparing digests leaks
 * nothing about a key.
 *
 * @param byHash rows with these hashes, with whatever the product wants to know of the key's owner
 * @returns throws `api_key_missing`, `api_key_invalid`
 */
export function createKeyVerifier<R extends { key: ApiKeyRow }>(
  home: Look,
  byHash: (db: Db) => (hashes: readonly string[]) => Promise<readonly R[]>,
): (ctx: { db: Db; now: () => Date }, authorization: string | undefined) => Promise<R> {
  const { table } = home;
  const findKey = preparedOn((db) => {
    const read = byHash(db);
    return perTurn(
      async (hashes: readonly string[]) => {
        const found = new Map((await read([...new Set(hashes)])).map((row) => [row.key.hash, row]));
        return hashes.map((hash) => found.get(hash));
      },
      { most: MOST_KEYS },
    );
  });

  /** Whoever comes second, from this process or another, has nothing to write and waits for nobody. */
  const noteUse = preparedOn((db) =>
    perTurn(
      async (uses: readonly { keyId: string; now: Date }[]) => {
        const now = new Date(Math.max(...uses.map((use) => use.now.getTime())));
        const due = db
          .select({ id: table.id })
          .from(table)
          .where(
            and(
              inArray(table.id, [...new Set(uses.map(({ keyId }) => keyId))]),
              or(isNull(table.lastUsedAt), lt(table.lastUsedAt, longAgo(now))),
            ),
          )
          .for('update', { skipLocked: true });
        await db.update(table).set({ lastUsedAt: now }).where(inArray(table.id, due));
        return uses;
      },
      { most: MOST_KEYS },
    ),
  );

  return async (ctx, authorization) => {
    const row = await findKey(ctx.db)(hashApiKey(keyIn(home, authorization)));
    if (row === undefined) throw unknownKey();
    const now = ctx.now();
    requireAlive(row.key, now);
    const { id: keyId, lastUsedAt } = row.key;
    if (lastUsedAt === null || lastUsedAt < longAgo(now)) await noteUse(ctx.db)({ keyId, now });
    return row;
  };
}

function keyIn(home: Look, authorization: string | undefined): string {
  const [scheme, key] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined) {
    const example = `${keyPrefix(home, 'live')}…`;
    throw apiError('api_key_missing', `Expected the header "Authorization: Bearer ${example}".`);
  }
  if (looksLikeApiKey(home, key)) return key;
  throw apiError(
    'api_key_invalid',
    `This is not a ${home.product} key: expected ${keyPrefixes(home)} and 32 characters.`,
  );
}

const unknownKey = () => apiError('api_key_invalid', 'This key is unknown, or it was revoked.');

/** @throws `api_key_invalid` from the moment on at which the key was revoked, or is over. */
export function requireAlive({ revokedAt, expiresAt }: ApiKeyRow, now: Date): void {
  if (revokedAt !== null) throw unknownKey();
  if (expiresAt !== null && expiresAt <= now)
    throw apiError('api_key_invalid', `This key was good until ${expiresAt.toISOString()}.`);
}

export function actorOf({ id, ownerId, name, scopes, environment }: ApiKeyRow): ApiKeyActor {
  return {
    type: 'api_key',
    keyId: id,
    ownerId,
    name,
    scopes,
    isTest: environment === 'test',
  };
}
