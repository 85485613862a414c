import * as keys from '@repo/foundation/api-key';
import type { Context } from '../context.ts';
import type { KeyScope } from '../permission.ts';
import { KEYS } from './keys.ts';
import { CreateApiKey, KeyRef, KeysOf, RenameApiKey, RollApiKey } from './schema.ts';

export type ListedApiKey = keys.ListedApiKey<KeyScope>;
type MadeKey = keys.MadeKey<KeyScope>;

/** One more key for the organization; the key is in the answer and nowhere else. */
export function createApiKey(ctx: Context, input: CreateApiKey): Promise<MadeKey> {
  const { organizationId: ownerId } = input;
  const read = () => ({ ...CreateApiKey.parse(input), environment: 'live' as const });
  return keys.createApiKey(KEYS, ctx, { ownerId, read });
}

/** What is known of the organization's keys, newest first; never the keys themselves. */
export function listApiKeys(ctx: Context, input: KeysOf): Promise<ListedApiKey[]> {
  return keys.listApiKeys(KEYS, ctx, KeysOf.parse(input).organizationId);
}

export function renameApiKey(ctx: Context, input: RenameApiKey): Promise<void> {
  const { organizationId: ownerId } = input;
  return keys.renameApiKey(KEYS, ctx, { ownerId, read: () => RenameApiKey.parse(input) });
}

/** From the commit on the key opens nothing. */
export function revokeApiKey(ctx: Context, input: KeyRef): Promise<void> {
  const { organizationId: ownerId } = input;
  return keys.revokeApiKey(KEYS, ctx, { ownerId, read: () => KeyRef.parse(input) });
}

/** A successor; the old key works beside it for a while. */
export function rollApiKey(ctx: Context, input: RollApiKey): Promise<MadeKey> {
  const { organizationId: ownerId } = input;
  return keys.rollApiKey(KEYS, ctx, { ownerId, read: () => RollApiKey.parse(input) });
}
