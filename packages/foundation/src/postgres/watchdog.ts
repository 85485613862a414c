import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Reads its stdin, which ends when our process dies, however it dies; then it stops the server.
 * A shell, because it costs one megabyte and outlives a kill of everything else. The pid file is
 * compared so that a reused number is never signalled.
 */
const SCRIPT = `
read -r word
[ "$word" = stopped ] && exit 0
[ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] || sleep 1
[ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] || exit 0
kill -INT "$1"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  sleep 1
  kill -0 "$1" 2>/dev/null || exit 0
done
kill -QUIT "$1"
`;

export interface Watchdog {
  /** The server is down; there is nothing left to guard. */
  dismiss(): void;
}

export function guardServer(pid: number, cluster: string): Watchdog {
  const child: ChildProcess = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'postgres-watchdog', String(pid), join(cluster, 'postmaster.pid')],
    // Its own session: a Ctrl-C in the terminal must not reach it.
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  return {
    dismiss() {
      child.stdin?.end('stopped\n');
    },
  };
}
