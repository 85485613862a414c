import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramWish {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Program {
  readonly exited: Promise<void>;
  /** The end of what it said. */
  complaint(): string;
  stop(): Promise<void>;
}

const GRACE_MS = 5000;
/** Reads its stdin, which ends when this process does, however; a shell outlives a kill of the rest. */
const LEASH = 'read -r word; [ "$word" = released ] || kill -KILL "$1"';

/** A program of somebody else, which cannot be asked to watch for our end. */
export function startProgram({ program, args, env = {} }: ProgramWish): Program {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    // Its own group: a Ctrl-C reaches it through us, in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-10_000);
    });
  }
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
  });
  const leash = leashOf(child);
  void exited.then(() => leash?.stdin?.end('released\n'));
  return {
    exited,
    complaint: () => output.trim().split('\n').slice(-3).join('\n') || 'it gave no reason',
    async stop() {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await exited;
      clearTimeout(limit);
    },
  };
}

function leashOf({ pid }: ChildProcess): ChildProcess | undefined {
  if (pid === undefined) return undefined;
  const leash = spawn('/bin/sh', ['-c', LEASH, 'leash', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  leash.on('error', () => undefined);
  leash.stdin.on('error', () => undefined);
  leash.unref();
  return leash;
}

export interface ServerWish {
  readonly endpoint: string;
  /** Servers behind it, which must answer, too. */
  readonly behind?: readonly string[];
  readonly folder: string;
  readonly programs: readonly Program[];
}

/** Programs and their folder as one thing, once all of them answer. */
export async function serverOf({
  endpoint,
  behind = [],
  folder,
  programs,
}: ServerWish): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const stop = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const silent = programs.map(({ exited, complaint }) => exited.then(complaint));
  const answers = Promise.all([endpoint, ...behind].map(untilAnswers));
  const reason = await Promise.race([...silent, answers.then((all) => all.find(Boolean))]);
  if (reason === undefined) return { endpoint, stop };
  await stop();
  throw new Error(reason);
}

const PATIENCE_MS = 30_000;

/** Undefined when it answers, anything: without a signature that is a refusal. */
async function untilAnswers(endpoint: string): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await fetch(endpoint).catch(() => undefined)) return undefined;
    await sleep(100);
  }
  return `it did not answer within ${PATIENCE_MS / 1000} s`;
}

export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `${name}-`));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
