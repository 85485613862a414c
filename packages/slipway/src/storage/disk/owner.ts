import { readFileSync, readlinkSync } from 'node:fs';
import { bootId } from './boot-id.ts';

/**
 * Names this process among all that ever ran: the boot, the container (its numbers are its own), the
 * number, and when it began, because numbers are used again. Null where that cannot be told.
 */
export const owner: string | null = nameOf('self');

/** True when the process of that name has surely ended; one of another machine or container may live. */
export function hasEnded(name: string): boolean {
  const [boot, container, pid = ''] = name.split(' ');
  if (owner === null || boot !== bootId || container !== containerOf()) return false;
  return nameOf(pid) !== name;
}

function nameOf(process_: string): string | null {
  try {
    const stat = readFileSync(`/proc/${process_}/stat`, 'latin1');
    const pid = stat.slice(0, stat.indexOf(' '));
    // Its name, in brackets, may hold spaces.
    const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${bootId} ${containerOf()} ${pid} ${began}`;
  } catch {
    return null;
  }
}

function containerOf(): string {
  return readlinkSync('/proc/self/ns/pid');
}
