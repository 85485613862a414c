import { fileURLToPath } from 'node:url';
import { runTool, startChild } from '../scripts/stack/child.ts';

/** Nothing of the caller's configuration (an S3 bucket, say) may reach what is measured. */
export function plainEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_ENV: 'production', ...extra };
}

export interface ServerProcess {
  readonly pid: number;
  /** What it printed when it was ready. */
  readonly ready: string;
  stop(): Promise<void>;
}

interface ServerWish {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly isReady: (line: string) => boolean;
  readonly signal: AbortSignal;
}

const STOP_LIMIT_MS = 15_000;

export async function startServer(wish: ServerWish): Promise<ServerProcess> {
  const last: string[] = [];
  const keep = (line: string) => {
    if (last.push(line) > 20) last.shift();
  };
  let ready: string | undefined;
  const child = await new Promise<ReturnType<typeof startChild>>((resolve, reject) => {
    const started = startChild({
      args: wish.args,
      env: wish.env,
      onErr: keep,
      onOut: (line) => {
        keep(line);
        if (ready !== undefined || !wish.isReady(line)) return;
        ready = line;
        resolve(started);
      },
    });
    wish.signal.addEventListener('abort', () => void started.stop(STOP_LIMIT_MS), { once: true });
    void started.exited.then(() =>
      reject(new Error(`${wish.name} ended before it was ready:\n${last.join('\n')}`)),
    );
  });
  if (child.pid === undefined || ready === undefined) throw new Error(`${wish.name} has no id`);
  return { pid: child.pid, ready, stop: () => child.stop(STOP_LIMIT_MS) };
}

/** A server of this folder: it prints one line of JSON when it listens. */
export async function startPeer(
  script: URL,
  input: unknown,
  signal: AbortSignal,
): Promise<ServerProcess & { url: string }> {
  const path = fileURLToPath(script);
  const server = await startServer({
    name: path,
    args: [path, JSON.stringify(input)],
    env: plainEnv(),
    isReady: (line) => line.startsWith('{"url"'),
    signal,
  });
  const { url }: { url: string } = JSON.parse(server.ready);
  return { ...server, url };
}

/** Runs a script of this folder to its end; it prints its result as one line of JSON. */
export async function runScript<Result>(
  script: URL,
  input: unknown,
  signal: AbortSignal,
): Promise<Result> {
  const path = fileURLToPath(script);
  const args = [path, JSON.stringify(input)];
  const { code, out, err } = await runTool({ args, env: plainEnv() }, signal);
  if (code !== 0) throw new Error(`${path} failed:\n${err.join('\n')}`);
  return JSON.parse(out.at(-1) ?? '');
}

/** The other end of `runScript` and `startPeer`. */
export function scriptInput<Input>(): Input {
  return JSON.parse(process.argv[2] ?? 'null');
}

export function scriptResult(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** CPU seconds of this process since it began. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
