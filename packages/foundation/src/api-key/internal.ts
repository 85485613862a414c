import { and, eq, isNull } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import type { KeyHome } from './home.ts';
import { hashApiKey, keyPrefix, newApiKey } from './secret.ts';
import type { ApiKeyRow, KeyEnvironment } from './table.ts';

export interface NewApiKey {
  ownerId: string;
  name: string;
  environment: KeyEnvironment;
  scopes: string[];
  createdBy: string | null;
  expiresAt: Date | null;
  createdAt: Date;
}

/** Stores a new key's hash; the key itself is only in the answer. */
export async function insertApiKey(
  tx: Tx,
  home: Pick<KeyHome, 'table' | 'prefix' | 'environments'>,
  wish: NewApiKey,
): Promise<{ row: ApiKeyRow; key: string }> {
  const key = newApiKey(home, wish.environment);
  const [row] = await tx
    .insert(home.table)
    .values({ ...wish, id: newId('key'), hash: hashApiKey(key), last4: key.slice(-4) })
    .returning();
  if (row === undefined) throw new Error('the new key was not returned');
  return { row, key };
}

/** The key, when it is the owner's and was not revoked; the answer of a missing one otherwise. */
export async function getKeyOf<C extends BaseContext, S extends string>(
  tx: Tx,
  { table, ownerName }: KeyHome<C, S>,
  { ownerId, keyId }: { ownerId: string; keyId: string },
): Promise<ApiKeyRow> {
  const [row] = await tx
    .select()
    .from(table)
    .where(and(eq(table.id, keyId), eq(table.ownerId, ownerId), isNull(table.revokedAt)));
  if (row === undefined)
    throw appError('not_found', `There is no key "${keyId}" in this ${ownerName}.`);
  return row;
}

/** What may be shown of a key. */
export interface ApiKeyView<S extends string = string> {
  id: string;
  name: string;
  /** Its start and the last four characters. */
  prefix: string;
  last4: string;
  environment: KeyEnvironment;
  scopes: S[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** The id of its successor; both work until `expiresAt`. */
  rolledTo: string | null;
}

export function apiKeyView<S extends string>(
  home: Pick<KeyHome<BaseContext, S>, 'prefix' | 'scopes'>,
  row: ApiKeyRow,
): ApiKeyView<S> {
  const { id, name, last4, environment, createdAt, lastUsedAt, expiresAt, rolledTo } = row;
  return {
    id,
    name,
    prefix: keyPrefix(home, environment),
    last4,
    environment,
    scopes: home.scopes.filter((scope) => row.scopes.includes(scope)),
    createdAt,
    lastUsedAt,
    expiresAt,
    rolledTo,
  };
}

/** What the audit log tells of a key. */
export function auditedKey({ name, environment, scopes, last4, expiresAt }: ApiKeyRow) {
  return { name, environment, scopes, last4, expiresAt: expiresAt?.toISOString() ?? null };
}
