import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = new URL('./server.ts', import.meta.url);

export interface ServerProcess {
  url: string;
  /** What it wrote to its standard error. */
  said(): string;
  exited: Promise<unknown>;
  /** As a power cut would end it. */
  kill(): Promise<void>;
}

/** Processes that serve the same Slipway; as many as `ready` wait for their turn. */
export function startServerPool(env: Record<string, string>, ready: number) {
  const children = new Set<ChildProcess>();

  /** With `failpoints` it dies at these steps. */
  async function start(failpoints?: string): Promise<ServerProcess> {
    const child = spawn(
      process.execPath,
      [fileURLToPath(PROGRAM), JSON.stringify({ ...env, FAILPOINTS: failpoints })],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.add(child);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const exited = once(child, 'exit').then(() => children.delete(child));
    const [line] = await Promise.race([
      once(child.stdout, 'data'),
      exited.then(() => Promise.reject(new Error(`a server did not start: ${said}`))),
    ]);
    return {
      url: `http://127.0.0.1:${Number(String(line))}`,
      said: () => said,
      exited,
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }

  const waiting = Array.from({ length: ready }, () => start());
  return {
    start,
    /** One that nobody else has; another takes its place. */
    async take(): Promise<ServerProcess> {
      const next = waiting.shift() ?? start();
      waiting.push(start());
      return next;
    },
    async close(): Promise<void> {
      await Promise.allSettled(waiting);
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
