import { spawn } from 'node:child_process';
import { plainEnv } from '../../child-process.ts';
import { memoryOf } from '../../machine/proc.ts';

/** One process from its start to its end. */
export interface ProcessFigures {
  readonly seconds: number;
  /** Most memory that it held at once, in MiB. */
  readonly peakMib: number;
  /** What it wrote to its standard output. */
  readonly out: string;
}

const WATCH_MS = 10;

/**
 * Runs a program and measures it from outside, the same way for everybody: wall time from before the
 * process is made to after it is gone, and the system's own record of its highest memory.
 */
export async function measureProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessFigures> {
  const began = performance.now();
  const child = spawn(program, args, { env: plainEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err, peak] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err = (err + text).slice(-4000);
  });
  const watcher = setInterval(() => {
    const memory = child.pid === undefined ? undefined : memoryOf(child.pid);
    peak = Math.max(peak, Number.isFinite(memory?.peak) ? (memory?.peak ?? 0) : 0);
  }, WATCH_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(watcher);
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${err}`);
  return { seconds, peakMib: peak, out };
}
