import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { newId, randomToken } from '@repo/foundation/ids';
import { apiKey } from './table.ts';

export const KEY_PREFIX = 'sk_live_';
const KEY_PATTERN = /^sk_live_[0-9A-Za-z]{32}$/;

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function looksLikeApiKey(key: string): boolean {
  return KEY_PATTERN.test(key);
}

/** Stores a new key's hash; the key itself is only in the answer. */
export async function insertApiKey(
  tx: Tx,
  projectId: string,
): Promise<{ id: string; key: string }> {
  const id = newId('key');
  const key = `${KEY_PREFIX}${randomToken(32)}`;
  await tx.insert(apiKey).values({ id, projectId, hash: hashApiKey(key), last4: key.slice(-4) });
  return { id, key };
}
