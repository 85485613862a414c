import { spawn } from 'node:child_process';
import { root } from './root.ts';

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Shown as it comes, instead of only when the step fails. */
  readonly live?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

/** Runs one tool from the root and says how it went. */
export async function runStep(step: Step): Promise<StepResult> {
  const began = performance.now();
  const [program, ...args] = step.command;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...step.env },
    stdio: ['ignore', step.live ? 'inherit' : 'pipe', step.live ? 'inherit' : 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
  const seconds = (performance.now() - began) / 1000;
  if (!ok && !step.live) process.stdout.write(`${output}\n`);
  process.stdout.write(`${ok ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1)} s)\n`);
  return { name: step.name, ok, seconds };
}

export const TYPES: Step = { name: 'types', command: ['tsc', '-p', '.'] };
export const LINT: Step = {
  name: 'lint and format',
  command: ['biome', 'check', '.', '--max-diagnostics=200'],
};
export const DEAD_CODE: Step = { name: 'dead code', command: ['knip', '--no-progress'] };
