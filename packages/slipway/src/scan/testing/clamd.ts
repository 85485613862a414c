import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const JUDGE = join(import.meta.dirname, '../../../../../scripts/judges/clamd.ts');

export interface TestClamd {
  /** Its address over TCP. */
  tcp: string;
  /** The same one over a Unix socket. */
  unix: string;
  /** The bytes that it takes for a virus. */
  eicar: Buffer;
  /** At once, whatever it is at. */
  kill(): Promise<void>;
}

/** A real clamd of this test's own, with further lines for its configuration and a database version. */
export async function startTestClamd(
  options: { port?: number; database?: number; settings?: readonly string[] } = {},
): Promise<TestClamd> {
  const settings = (options.settings ?? []).flatMap((line) => ['--set', line]);
  const numbers = (['port', 'database'] as const).flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, String(options[name])],
  );
  const judge = spawn(process.execPath, [JUDGE, ...numbers, ...settings], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  judge.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const ended = once(judge, 'close');
  const first = await Promise.race([
    once(createInterface(judge.stdout), 'line'),
    ended.then(() => undefined),
  ]);
  if (first === undefined) throw new Error(`no clamd to test with: ${complaint}`);
  let killed = false;
  const { tcp, unix, pid, eicar } = JSON.parse(String(first[0]));
  return {
    tcp,
    unix,
    eicar: Buffer.from(eicar, 'base64'),
    async kill() {
      if (!killed) process.kill(pid, 'SIGKILL');
      killed = true;
      await ended;
    },
  };
}
