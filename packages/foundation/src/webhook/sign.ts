import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import type { SIGNINGS } from './table.ts';

type Signing = (typeof SIGNINGS)[number];

const HMAC_PREFIX = 'whsec_';
const ED25519_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';
/** What comes before an ed25519 key's 32 bytes in PKCS #8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/** A new secret as Standard Webhooks writes them: `whsec_…`, or `whsk_…` with the public key behind the seed. */
export function newSecret(signing: Signing): string {
  if (signing === 'hmac') return `${HMAC_PREFIX}${randomBytes(32).toString('base64')}`;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-SEED_BYTES);
  const open = publicKey.export({ type: 'spki', format: 'der' }).subarray(-SEED_BYTES);
  return `${ED25519_PREFIX}${Buffer.concat([seed, open]).toString('base64')}`;
}

/** What a receiver verifies with: the secret itself, or the public key that belongs to it. */
export function verificationKey(secret: string): string {
  if (!secret.startsWith(ED25519_PREFIX)) return secret;
  return `${PUBLIC_PREFIX}${bytesOf(secret).subarray(SEED_BYTES).toString('base64')}`;
}

/** The headers of one try by Standard Webhooks 1.0; with two secrets, either one verifies. */
export function signedHeaders(
  secrets: readonly string[],
  message: { id: string; at: Date; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  const content = `${message.id}.${timestamp}.${message.body}`;
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signature(secret, content)).join(' '),
  };
}

function signature(secret: string, content: string): string {
  if (secret.startsWith(ED25519_PREFIX))
    return `v1a,${sign(null, Buffer.from(content), privateKeyOf(secret)).toString('base64')}`;
  return `v1,${createHmac('sha256', bytesOf(secret)).update(content).digest('base64')}`;
}

function privateKeyOf(secret: string): KeyObject {
  const key = Buffer.concat([PKCS8_HEAD, bytesOf(secret).subarray(0, SEED_BYTES)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

const bytesOf = (secret: string) => Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
