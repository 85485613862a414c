import { randomByte } from './random-bytes.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CODES = Buffer.from(ALPHABET, 'latin1');

/**
 * An unguessable string of `length` base-62 characters (5.95 bits each).
 * Bytes of 248 and more are thrown away so that every character is equally likely.
 */
export function randomToken(length: number): string {
  const codes = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; ) {
    const byte = randomByte();
    if (byte >= 248) continue;
    codes[index] = CODES[byte % 62] ?? 0;
    index += 1;
  }
  return codes.toString('latin1');
}

/** A prefixed id such as `file_4fQ…`: 22 characters, about 131 bits. */
export function newId<P extends string>(prefix: P): `${P}_${string}` {
  return `${prefix}_${randomToken(22)}`;
}
