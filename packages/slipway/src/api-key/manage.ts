import * as keys from '@repo/foundation/api-key';
import type { Tx } from '@repo/foundation/db';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import type { KeyScope } from '../permission.ts';
import { KEYS } from './keys.ts';
import { CreateApiKey, KeyRef, RenameApiKey, RollApiKey } from './schema.ts';

export type ApiKeyView = keys.ApiKeyView<KeyScope>;
export type ListedApiKey = keys.ListedApiKey<KeyScope>;
type MadeKey = keys.MadeKey<KeyScope>;

/** One more key for the project; the key is in the answer and nowhere else. */
export function createApiKey(ctx: SlipwayContext, input: CreateApiKey): Promise<MadeKey> {
  const { projectId: ownerId } = input;
  return keys.createApiKey(KEYS, ctx, { ownerId, read: () => CreateApiKey.parse(input) });
}

/** In the caller's transaction, which asked for the permission. */
export function makeKey(
  tx: Tx,
  ctx: SlipwayContext,
  { projectId: ownerId, ...wish }: z.output<typeof CreateApiKey>,
): Promise<MadeKey> {
  return keys.makeKey(tx, { home: KEYS, ctx }, { ...wish, ownerId });
}

/** What is known of the project's keys, newest first; never the keys themselves. */
export function listApiKeys(ctx: SlipwayContext, projectId: string): Promise<ListedApiKey[]> {
  return keys.listApiKeys(KEYS, ctx, projectId);
}

export function renameApiKey(ctx: SlipwayContext, input: RenameApiKey): Promise<void> {
  const { projectId: ownerId } = input;
  return keys.renameApiKey(KEYS, ctx, { ownerId, read: () => RenameApiKey.parse(input) });
}

/** From the commit on the key opens nothing, and neither do upload tokens that it made. */
export function revokeApiKey(ctx: SlipwayContext, input: KeyRef): Promise<void> {
  const { projectId: ownerId } = input;
  return keys.revokeApiKey(KEYS, ctx, { ownerId, read: () => KeyRef.parse(input) });
}

/** A successor; the old key works beside it for a while. */
export function rollApiKey(ctx: SlipwayContext, input: RollApiKey): Promise<MadeKey> {
  const { projectId: ownerId } = input;
  return keys.rollApiKey(KEYS, ctx, { ownerId, read: () => RollApiKey.parse(input) });
}
