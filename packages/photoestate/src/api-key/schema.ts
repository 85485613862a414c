import { keyEnd, keyName, keyScopes, overlapHours } from '@repo/foundation/api-key';
import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { KEY_SCOPES } from '../permission.ts';

export const KeysOf = z.object({ organizationId: anyId });
export type KeysOf = z.input<typeof KeysOf>;

export const CreateApiKey = KeysOf.extend({
  name: keyName,
  scopes: keyScopes(KEY_SCOPES),
  expiresAt: keyEnd,
});
export type CreateApiKey = z.input<typeof CreateApiKey>;

export const KeyRef = KeysOf.extend({ keyId: anyId });
export type KeyRef = z.input<typeof KeyRef>;

export const RenameApiKey = KeyRef.extend({ name: keyName });
export type RenameApiKey = z.input<typeof RenameApiKey>;

export const RollApiKey = KeyRef.extend({ overlapHours });
export type RollApiKey = z.input<typeof RollApiKey>;
