export { type ApiKeySummary, getApiKey } from './get.ts';
export { replaceApiKey } from './replace.ts';
export { type VerifiedKey, verifyApiKey } from './verify.ts';
