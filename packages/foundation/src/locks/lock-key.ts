import { createHash } from 'node:crypto';

/** Postgres names advisory locks by 64-bit numbers; this one, as text, stands for the lock's name. */
export function lockKey(name: string): string {
  return createHash('sha256').update(`lock:${name}`).digest().readBigInt64BE().toString();
}
