import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { newId, randomToken } from '@repo/foundation/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { refuseTestKey } from '../file/test-mode.ts';
import type { KeyScope } from '../permission.ts';
import { type ApiKeyRow, apiKey, type KeyEnvironment } from './table.ts';

const KEY_PATTERN = /^sk_(live|test)_[0-9A-Za-z]{32}$/;

export const keyPrefix = (environment: KeyEnvironment) => `sk_${environment}_`;

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function looksLikeApiKey(key: string): boolean {
  return KEY_PATTERN.test(key);
}

export interface NewApiKey {
  projectId: string;
  name: string;
  environment: KeyEnvironment;
  scopes: KeyScope[];
  createdBy: string | null;
  expiresAt: Date | null;
  createdAt: Date;
}

/** What a project begins with: one key that may do everything in it. */
export const FIRST_KEY = {
  name: 'Secret key',
  environment: 'live',
  scopes: ['admin'],
  expiresAt: null,
} satisfies Partial<NewApiKey>;

/** Stores a new key's hash; the key itself is only in the answer. */
export async function insertApiKey(
  tx: Tx,
  wish: NewApiKey,
): Promise<{ row: ApiKeyRow; key: string }> {
  const key = `${keyPrefix(wish.environment)}${randomToken(32)}`;
  const [row] = await tx
    .insert(apiKey)
    .values({ ...wish, id: newId('key'), hash: hashApiKey(key), last4: key.slice(-4) })
    .returning();
  if (row === undefined) throw new Error('the new key was not returned');
  return { row, key };
}

/** The key, when it is the project's and was not revoked; the answer of a missing one otherwise. */
export async function getKeyInProject(
  tx: Tx,
  { projectId, keyId }: { projectId: string; keyId: string },
): Promise<ApiKeyRow> {
  const [row] = await tx
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.id, keyId), eq(apiKey.projectId, projectId), isNull(apiKey.revokedAt)));
  if (row === undefined)
    throw slipwayError('not_found', `There is no key "${keyId}" in this project.`);
  return row;
}

/** @throws `forbidden` for a test key and a live one: it would be the way into the other world. */
export function requireItsWorld(ctx: SlipwayContext, environment: KeyEnvironment): void {
  if (environment === 'live') refuseTestKey(ctx.actor, 'keys that are live');
}

/** What may be shown of a key. */
export interface ApiKeyView {
  id: string;
  name: string;
  /** Its start and the last four characters. */
  prefix: string;
  last4: string;
  environment: KeyEnvironment;
  scopes: KeyScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** The id of its successor; both work until `expiresAt`. */
  rolledTo: string | null;
}

export function apiKeyView(row: ApiKeyRow): ApiKeyView {
  const { id, name, last4, environment, scopes, createdAt, lastUsedAt, expiresAt, rolledTo } = row;
  const prefix = keyPrefix(environment);
  return {
    id,
    name,
    prefix,
    last4,
    environment,
    scopes,
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
