import { insertApiKey, type NewApiKey } from '@repo/foundation/api-key';
import type { Tx } from '@repo/foundation/db';
import { KEY_LOOK } from './look.ts';
import { apiKey } from './table.ts';

/** What a project begins with: one key that may do everything in it. */
export const FIRST_KEY = {
  name: 'Secret key',
  environment: 'live',
  scopes: ['admin'],
  expiresAt: null,
} satisfies Partial<NewApiKey>;

/** The project's first key; the key itself is only in the answer. */
export async function insertFirstKey(
  tx: Tx,
  project: { id: string; createdBy: string | null; createdAt: Date },
): Promise<string> {
  const { id: ownerId, createdBy, createdAt } = project;
  const wish = { ...FIRST_KEY, ownerId, createdBy, createdAt };
  return (await insertApiKey(tx, { ...KEY_LOOK, table: apiKey }, wish)).key;
}
