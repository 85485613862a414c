import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

export interface MemoryLimits {
  /** All memory of the child, in MiB. */
  readonly memoryMb: number;
  /** Of it, what JavaScript may use, in MiB. */
  readonly heapMb: number;
}

const SHELL = '/bin/sh';
/** What Node 24 sets aside before it runs a line: room for its machine code above all. Never used up. */
const RESERVED_BY_NODE_MB = 768;

/**
 * Two favours that only the process itself can ask of Linux, then it becomes Node: no more data than
 * `$0` KiB, and, should the machine run out of memory, to be the one that is killed.
 */
const LIMIT_THEN_RUN =
  'echo 1000 2>/dev/null >/proc/self/oom_score_adj; ulimit -d "$0" 2>/dev/null; exec "$@"';

/**
 * Forks a script with none of our environment, so that what decodes foreign bytes knows no secrets,
 * and on Linux with a limit that the kernel keeps: however fast memory is taken, no more than this.
 */
export function forkLimited(
  script: string,
  { memoryMb, heapMb }: MemoryLimits,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const nodeArgs = [`--max-old-space-size=${heapMb}`];
  const isLimited = process.platform === 'linux' && existsSync(SHELL);
  const dataKiB = (memoryMb + RESERVED_BY_NODE_MB) * 1024;
  return fork(script, [], {
    ...(isLimited && { execPath: SHELL }),
    execArgv: isLimited
      ? ['-c', LIMIT_THEN_RUN, String(dataKiB), process.execPath, ...nodeArgs]
      : nodeArgs,
    // Fewer arenas keep memory low.
    env: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
