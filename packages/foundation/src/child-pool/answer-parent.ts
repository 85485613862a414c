import type { Serializable } from 'node:child_process';
import process from 'node:process';

/** The child's end of a pool: answers one request after the other until its parent is gone. */
export function answerParent(answer: (request: unknown) => Promise<Serializable>): void {
  if (process.send === undefined) {
    process.stderr.write('This script is started by a pool of child processes, not by hand.\n');
    process.exit(2);
  }
  // Without a parent nobody waits for the result, and nobody would stop this process either.
  process.once('disconnect', () => process.exit(1));
  process.on('message', (request) => {
    void answer(request).then(
      (message) => process.send?.(message),
      (error: unknown) => {
        // An answer to everything expected is the caller's business: this is a mistake of ours.
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
