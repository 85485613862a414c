import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { newId, randomToken } from '@repo/foundation/ids';
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
