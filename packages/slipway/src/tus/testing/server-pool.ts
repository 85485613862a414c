import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = new URL('./server.ts', import.meta.url);

export interface ServerProcess {
  url: string;
  /** As a power cut would end it. */
  kill(): Promise<void>;
}

/** Processes that serve the same Slipway; as many as `ready` wait for their turn. */
export function startServerPool(env: Record<string, string>, ready: number) {
  const children = new Set<ChildProcess>();

  async function start(): Promise<ServerProcess> {
    const child = spawn(process.execPath, [fileURLToPath(PROGRAM), JSON.stringify(env)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    const exited = once(child, 'exit').then(() => children.delete(child));
    const [line] = await Promise.race([
      once(child.stdout, 'data'),
      exited.then(() => Promise.reject(new Error('a server did not start'))),
    ]);
    return {
      url: `http://127.0.0.1:${Number(String(line))}`,
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }

  const waiting = Array.from({ length: ready }, start);
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
