import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface Lock {
  release(): void;
}

export type LockAttempt =
  | { readonly held: true; readonly lock: Lock; readonly wasStale: boolean }
  | { readonly held: false; readonly owner: number };

/**
 * A file that names its owner by process id and start time: the id alone comes round again,
 * in containers at once.
 */
export function tryLock(file: string): LockAttempt {
  const mine = identify(process.pid);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let wasStale = false; ; wasStale = true) {
      if (linked(draft, file))
        return { held: true, wasStale, lock: { release: () => release(file, mine) } };
      const text = read(file);
      const owner = Number(text.split(' ')[0]);
      if (owner > 0 && identify(owner) === text) return { held: false, owner };
      if (read(file) === text) rmSync(file, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function release(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** "pid start-time", or the pid alone for a process that is gone. */
function identify(pid: number): string {
  return `${pid} ${startTime(pid)}`.trim();
}

function startTime(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may hold spaces; after it come the state and, 19 on, the start time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie is dead, though in a container without an init nobody ever buries it.
      return fields[0] === 'Z' ? '' : (fields[19] ?? '');
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
