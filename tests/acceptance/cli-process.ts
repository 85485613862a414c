import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../packages/cli/src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
}

/** The command `slipway` as a process of its own, with an environment that holds nothing of ours. */
export function startCli(
  args: readonly string[],
  { env, cwd, input }: Start,
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: cwd ?? process.cwd(),
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
  });
  child.stdin.end(input ?? '');
  return child;
}

export function runCli(args: readonly string[], start: Start): Promise<Ended> {
  return ended(startCli(args, start));
}

function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
