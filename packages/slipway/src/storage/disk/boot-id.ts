import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The same as long as this machine runs: what a process wrote before it was killed is still there
 * then, flushed or not. Where that cannot be told, each process stands for itself.
 */
export const bootId: string = readBootId() ?? randomUUID();

function readBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
