export { type VerifiedKey, verifyApiKey } from './verify.ts';
