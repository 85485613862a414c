import { randomFillSync } from 'node:crypto';

const SIZE = 4096;
const pool = new Uint8Array(SIZE);
let used = SIZE;

/**
 * One byte of the system's secure random generator. They are fetched a few thousand at a time, because
 * asking costs more than the bytes do; each is given out once and erased here.
 */
export function randomByte(): number {
  if (used === SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  pool[used] = 0;
  used += 1;
  return byte;
}
