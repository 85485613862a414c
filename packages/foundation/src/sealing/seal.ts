import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
/** 96 bits, as GCM wants them. Random: one key may seal billions of times before two are likely the same. */
const IV_BYTES = 12;

declare const isSealed: unique symbol;
/** What `seal` made, as it is kept. No text to the compiler, so that nobody takes one for the other. */
export interface Sealed {
  readonly [isSealed]: true;
}

/** Why something sealed cannot be opened. Shows nothing of what is inside. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Encrypts and authenticates with the ring's newest key: `v1.<key id>.<iv>.<ciphertext and tag>`. It
 * can be opened only as what it was sealed for, so that copied into another row it is worth nothing.
 */
export function seal(ring: KeyRing, { text, boundTo }: { text: string; boundTo: string }): Sealed {
  const [{ id, key }] = ring;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const written = [VERSION, id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  return written as unknown as Sealed;
}

/** @throws SealError when its key is not in the ring, or it is not as it was sealed, or sealed for something else. */
export function unseal(
  ring: KeyRing,
  { sealed, boundTo }: { sealed: Sealed; boundTo: string },
): string {
  const { keyId, iv, ciphertext, tag } = takeApart(String(sealed));
  const found = ring.find(({ id }) => id === keyId);
  if (found === undefined) throw new SealError(`no key "${keyId}" is in ENCRYPTION_KEYS`);
  const decipher = createDecipheriv(CIPHER, found.key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealError(
      `the key "${keyId}" does not open it: it was changed, moved, or sealed by another key of this id`,
      { cause: error },
    );
  }
}

function takeApart(sealed: string) {
  const [version, keyId, iv = '', body = '', ...rest] = sealed.split('.');
  const bytes = bytesOf(body);
  const ivBytes = bytesOf(iv);
  const whole = ivBytes?.length === IV_BYTES && bytes !== null && bytes.length >= TAG_BYTES;
  if (version !== VERSION || keyId === undefined || rest.length > 0 || !whole)
    throw new SealError('expected v1.<key id>.<iv>.<ciphertext and tag>');
  return {
    keyId,
    iv: ivBytes,
    ciphertext: bytes.subarray(0, -TAG_BYTES),
    tag: bytes.subarray(-TAG_BYTES),
  };
}

/** Null for what is not written as we write it: base64 has several spellings of the same bytes. */
function bytesOf(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
