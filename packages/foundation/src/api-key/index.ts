export { admitKey, countCall } from './admit-key.ts';
export { createApiKey, type MadeKey, makeKey } from './create.ts';
export type { KeyHome } from './home.ts';
export { type ApiKeyView, apiKeyView, insertApiKey, type NewApiKey } from './internal.ts';
export { type ListedApiKey, listApiKeys } from './list.ts';
export { renameApiKey } from './rename.ts';
export { revokeApiKey } from './revoke.ts';
export { rollApiKey } from './roll.ts';
export {
  keyEnd,
  keyEnvironment,
  keyName,
  keyScopes,
  overlapHours,
  ROLL_OVERLAPS,
} from './schema.ts';
export { hashApiKey, looksLikeApiKey } from './secret.ts';
export {
  type ApiKeyRow,
  type ApiKeyTable,
  apiKeyTable,
  KEY_ENVIRONMENTS,
  type KeyEnvironment,
} from './table.ts';
export { actorOf, createKeyVerifier, requireAlive } from './verify.ts';
