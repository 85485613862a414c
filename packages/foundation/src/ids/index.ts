import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * An unguessable string of `length` base-62 characters (5.95 bits each).
 * Bytes of 248 and more are thrown away so that every character is equally likely.
 */
export function randomToken(length: number): string {
  let token = '';
  while (token.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte >= 248) continue;
      token += ALPHABET.charAt(byte % 62);
      if (token.length === length) break;
    }
  }
  return token;
}

/** A prefixed id such as `file_4fQ…`: 22 characters, about 131 bits. */
export function newId<P extends string>(prefix: P): `${P}_${string}` {
  return `${prefix}_${randomToken(22)}`;
}
