import { z } from '@hono/zod-openapi';
import { keyEnd, keyEnvironment, keyName, keyScopes, overlapHours } from '@repo/foundation/api-key';
import { anyId } from '@repo/foundation/text';
import { KEY_SCOPES } from '../permission.ts';

export const CreateApiKey = z.strictObject({
  projectId: anyId,
  name: keyName,
  environment: keyEnvironment,
  scopes: keyScopes(KEY_SCOPES),
  expiresAt: keyEnd,
});
export type CreateApiKey = z.input<typeof CreateApiKey>;

export const KeyRef = z.strictObject({ projectId: anyId, keyId: anyId });
export type KeyRef = z.input<typeof KeyRef>;

export const RenameApiKey = KeyRef.extend({ name: keyName });
export type RenameApiKey = z.input<typeof RenameApiKey>;

export const RollApiKey = KeyRef.extend({ overlapHours });
export type RollApiKey = z.input<typeof RollApiKey>;
