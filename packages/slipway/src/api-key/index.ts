export { type ApiKeySummary, getApiKey } from './get.ts';
export { replaceApiKey } from './replace.ts';
export { verifyApiKey, type VerifiedKey } from './verify.ts';
