import { spawn } from 'node:child_process';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** Asks for a process when not a file more can be opened, and tells what came of it. */
const WITHOUT_FILES = `
import { closeSync, openSync } from 'node:fs';
import { createChildPool } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};

const pool = createChildPool({
  script: '/nowhere.ts',
  size: 1,
  maxWaiting: 1,
  idleMs: 1000,
  jobsPerProcess: 1,
  limits: { timeoutMs: 5000, memoryMb: 512, heapMb: 64 },
  parseAnswer: (answer) => answer,
});
const held = [];
try {
  for (;;) held.push(openSync('/dev/null'));
} catch {}
const failure = await pool.run({}).catch((reason) => reason);
pool.close();
for (const file of held) closeSync(file);
console.log(JSON.stringify([failure.reason, failure.cause?.code]));
`;

test.skipIf(process.platform === 'win32')(
  'a process that cannot be started is a failure of its job, and ends nobody else',
  async () => {
    // In a group of its own: a signal for a process that never was would go to the whole group.
    const child = spawn(
      'sh',
      ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '--input-type=module'],
      { detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    child.stdin.end(WITHOUT_FILES);
    expect(JSON.parse((await text(child.stdout)) || 'null')).toEqual(['crashed', 'EMFILE']);
  },
  30_000,
);
