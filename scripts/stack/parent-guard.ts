// Preloaded (node --import) into every process that the scripts start: when the parent dies,
// however it dies, the channel to it closes, and this process and its children end too.
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 10_000;

function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Not the leader of a group: whoever is will see to it.
  }
}

// The children of our children load this too, but hang on their own parents' channels.
const isOurs = Number(process.env['SUPERVISOR_PID']) === process.ppid;

if (isMainThread && process.channel && isOurs) {
  process.once('disconnect', () => {
    // First of the exit listeners: a logger's last flush, to an output that nobody reads any
    // more, may never return.
    process.prependOnceListener('exit', endGroup);
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM');
    else process.exit(1);
  });
  // The listener alone must not keep a finished process alive.
  process.channel.unref();
}
