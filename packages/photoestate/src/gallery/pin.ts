import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);
/** As passwords: 32 MB and about 0.1 s for each guess. */
const COST = { N: 2 ** 14, r: 16, p: 1, maxmem: 64 * 2 ** 20 };
const LENGTH = 32;

export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(pin, salt, LENGTH, COST);
  return `scrypt:${salt.toString('base64url')}:${key.toString('base64url')}`;
}

export async function isPin(pin: string, stored: string): Promise<boolean> {
  const [, salt = '', expected = ''] = stored.split(':');
  const known = Buffer.from(expected, 'base64url');
  const key = await derive(pin, Buffer.from(salt, 'base64url'), LENGTH, COST);
  return known.length === key.length && timingSafeEqual(known, key);
}
