import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestApp {
  url: string;
  /** What its handlers did, in order. */
  effects(): string[];
  /** From now on handlers of uploads never end; or do again. */
  hang(on: boolean): void;
  kill(): Promise<void>;
  /** At the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** They know of Slipway what customers do. */
const SCRIPTS = join(import.meta.dirname, '../../../../../tests/acceptance');

/** A customer's server in a process of its own, with this environment. */
export async function startApp(
  variables: Record<string, string>,
  { script = 'uploadthing-app.ts', path = '/api/uploadthing' } = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'ut-app-'));
  const paths = { EFFECTS: join(folder, 'effects'), HANG: join(folder, 'hang') };
  let child: ChildProcess;
  let port = 0;

  async function start(): Promise<void> {
    const { PATH = '' } = process.env;
    child = fork(join(SCRIPTS, script), {
      env: { PATH, NODE_ENV: 'production', ...paths, PORT: String(port), ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [address] = await once(child, 'message');
    port = address.port;
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}${path}`,
    effects: () =>
      existsSync(paths.EFFECTS) ? readFileSync(paths.EFFECTS, 'utf8').trim().split('\n') : [],
    hang: (on) => (on ? writeFileSync(paths.HANG, '') : rmSync(paths.HANG)),
    kill,
    restart: start,
    async close() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}
