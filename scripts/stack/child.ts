import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './root.ts';

export interface ChildWish {
  /** Script and arguments for Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly onOut: (line: string) => void;
  readonly onErr: (line: string) => void;
}

export interface Child {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  /** SIGTERM, and SIGKILL for it and all it started when it has not gone in time. */
  stop(graceMs: number): Promise<void>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const guard = new URL('./parent-guard.ts', import.meta.url).href;

/**
 * A Node process in its own group, so that Ctrl-C reaches it only through us, in order, and its
 * children can be swept with it.
 */
export function startChild(wish: ChildWish): Child {
  const process_ = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', guard, ...wish.args],
    {
      cwd: wish.cwd ?? root,
      env: { ...wish.env, SUPERVISOR_PID: String(process.pid) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  readLines(process_, wish);
  const exited = exitOf(process_);
  return {
    pid: process_.pid,
    exited,
    async stop(graceMs) {
      if (process_.exitCode === null && process_.signalCode === null) process_.kill('SIGTERM');
      const limit = setTimeout(() => signalGroup(process_, 'SIGKILL'), graceMs);
      await exited;
      clearTimeout(limit);
    },
  };
}

function readLines({ stdout, stderr }: ChildProcess, wish: ChildWish): void {
  if (stdout) createInterface({ input: stdout }).on('line', wish.onOut);
  if (stderr) createInterface({ input: stderr }).on('line', wish.onErr);
}

/** 'close' rather than 'exit': by then its last lines have been read. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }));
    // Left-over grandchildren would hold the pipes open, and 'close' would never come.
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

export interface Finished extends Exit {
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs a tool to its end, or to the abort. */
export async function runTool(
  wish: Omit<ChildWish, 'onOut' | 'onErr'>,
  signal: AbortSignal,
): Promise<Finished> {
  const out: string[] = [];
  const err: string[] = [];
  const child = startChild({
    ...wish,
    onOut: (line) => out.push(line),
    onErr: (line) => err.push(line),
  });
  const abort = () => void child.stop(3000);
  signal.addEventListener('abort', abort, { once: true });
  const exit = await child.exited;
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  return { ...exit, out, err };
}
