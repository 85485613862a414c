import { createPublicKey, verify } from 'node:crypto';
import {
  newSecret,
  RETRY_DELAYS_MS,
  readRetryAfter,
  signedHeaders,
  verificationKey,
  waitAfter,
} from '@repo/foundation/webhook';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { expect, test } from 'vitest';
import { payloadOf } from './payload.ts';
import { verifyEd25519 } from './testing/rfc8032.ts';

const body = JSON.stringify({ type: 'file.ready', data: { name: 'küche ☀.jpg' } });
const now = () => new Date();
const message = (at = now()) => ({ id: 'evt_1', at, body });

const VERIFIERS = [
  ['standardwebhooks', (secret: string) => new StandardWebhook(secret)],
  ['svix', (secret: string) => new SvixWebhook(secret)],
] as const;

test.each(VERIFIERS)('%s accepts it, and nothing that was changed', (_, verifierOf) => {
  const secret = newSecret('hmac');
  expect(Buffer.from(secret.slice('whsec_'.length), 'base64').length).toBeGreaterThanOrEqual(24);
  const verifier = verifierOf(secret);
  const headers = signedHeaders([secret], message());
  expect(() => verifier.verify(body, headers)).not.toThrow();
  const bytes = Buffer.from(body);
  for (let index = 0; index < bytes.length; index += 1) {
    const flipped = Buffer.from(bytes);
    flipped[index] = (flipped[index] ?? 0) ^ 1;
    expect(() => verifier.verify(flipped.toString('latin1'), headers)).toThrow();
  }
  expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow();
  expect(() => verifierOf(newSecret('hmac')).verify(body, headers)).toThrow();
});

test.each(VERIFIERS)('%s refuses what is older than five minutes', (_, verifierOf) => {
  const secret = newSecret('hmac');
  const at = (seconds: number) =>
    signedHeaders([secret], message(new Date(Date.now() - seconds * 1000)));
  expect(() => verifierOf(secret).verify(body, at(280))).not.toThrow();
  expect(() => verifierOf(secret).verify(body, at(310))).toThrow();
});

test.each(VERIFIERS)('%s accepts either of two secrets while they are rolled', (_, verifierOf) => {
  const [old, fresh] = [newSecret('hmac'), newSecret('hmac')];
  const headers = signedHeaders([fresh, old], message());
  for (const secret of [old, fresh])
    expect(() => verifierOf(secret).verify(body, headers)).not.toThrow();
});

test('with ed25519 the receiver needs the public key alone', () => {
  const secret = newSecret('ed25519');
  const open = verificationKey(secret);
  expect(secret).toMatch(/^whsk_/);
  expect(open).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  const { 'webhook-signature': signature = '', ...headers } = signedHeaders([secret], message());
  const [version, text = ''] = signature.split(',');
  expect(version).toBe('v1a');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'OKP',
      crv: 'Ed25519',
      x: Buffer.from(open.slice('whpk_'.length), 'base64').toString('base64url'),
    },
  });
  const content = `evt_1.${headers['webhook-timestamp']}.${body}`;
  const signed = Buffer.from(text, 'base64');
  expect(verify(null, Buffer.from(content), key, signed)).toBe(true);
  expect(verify(null, Buffer.from(content.replace('ready', 'reads')), key, signed)).toBe(false);
});

test('a verifier of our own, after RFC 8032, accepts ed25519 and refuses each byte that is flipped', () => {
  // The RFC's own second example.
  const known = {
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  };
  const hex = (text: string) => Buffer.from(text, 'hex');
  const example = { message: hex('72'), signature: hex(known.signature) };
  expect(verifyEd25519(hex(known.key), example)).toBe(true);
  expect(verifyEd25519(hex(known.key), { ...example, message: hex('73') })).toBe(false);

  const secret = newSecret('ed25519');
  const headers = signedHeaders([secret], message());
  const key = Buffer.from(verificationKey(secret).slice('whpk_'.length), 'base64');
  const signature = Buffer.from(headers['webhook-signature']?.slice('v1a,'.length) ?? '', 'base64');
  const content = Buffer.from(`evt_1.${headers['webhook-timestamp']}.${body}`);
  expect(verifyEd25519(key, { message: content, signature })).toBe(true);
  for (let index = 0; index < content.length; index += 1) {
    const flipped = Buffer.from(content);
    flipped[index] = (flipped[index] ?? 0) ^ 1;
    expect(verifyEd25519(key, { message: flipped, signature })).toBe(false);
  }
});

test('ten tries take 75 h 35 min, give or take the jitter', () => {
  const sum = RETRY_DELAYS_MS.reduce((total, delay) => total + delay, 0);
  expect(sum).toBe((75 * 3600 + 35 * 60 + 5) * 1000);
  const deliveries = Array.from({ length: 500 }, (_, index) => `whd_${index}`);
  for (const [tries, delay] of RETRY_DELAYS_MS.entries()) {
    if (tries === 0) continue;
    const waits = deliveries.map(
      (deliveryId) => waitAfter(tries, { id: deliveryId, retryAfterMs: null }) ?? 0,
    );
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(Math.floor(delay * 0.9));
    expect(Math.max(...waits)).toBeLessThanOrEqual(Math.ceil(delay * 1.1));
    expect(new Set(waits).size).toBeGreaterThan(300);
  }
  expect(waitAfter(10, { id: 'whd_1', retryAfterMs: null })).toBeNull();
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
  ['Wed, 21 Oct 2020 07:28:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('Retry-After "%s" is %s ms', (header, expected) => {
  expect(readRetryAfter(header, new Date('2026-10-21T07:27:00Z'))).toBe(expected);
});

test('a payload stays below 20 kB', () => {
  const event = {
    id: 'evt_1',
    sequence: 1,
    ownerId: 'prj_1',
    type: 'file.ready' as const,
    entityId: 'file_1',
    data: { file: { id: 'file_1', metadata: { note: 'x'.repeat(30_000) } }, reason: 'verified' },
    createdAt: new Date('2026-11-01T00:00:00Z'),
  };
  expect(JSON.parse(payloadOf(event))).toEqual({
    type: 'file.ready',
    timestamp: '2026-11-01T00:00:00.000Z',
    data: { file: { id: 'file_1', metadata: {} }, reason: 'verified', truncated: true },
  });
});
