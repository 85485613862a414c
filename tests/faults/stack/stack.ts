import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../../scripts/stack/child.ts';
import { entryOf } from '../../../scripts/stack/entry.ts';
import { root } from '../../../scripts/stack/root.ts';
import { freePort } from '../../acceptance/free-port.ts';
import { createFaultProxy, type FaultProxy } from '../proxy/fault-proxy.ts';
import type { FaultPlan } from '../proxy/plan.ts';
import { type Database, startDatabase } from './database.ts';
import { type Death, type Guarded, startGuarded } from './guarded.ts';

/** Slipway as it runs in earnest: several processes, and a proxy in front of those that answer. */
export interface Stack {
  /** The proxy's address, which is Slipway's public one. */
  readonly url: string;
  readonly apiKey: string;
  readonly projectId: string;
  readonly proxy: FaultProxy;
  readonly database: Database;
  readonly apis: readonly Guarded[];
  readonly workers: readonly Guarded[];
  /** What a process of this stack is told; for one that looks at it from inside. */
  readonly env: Readonly<Record<string, string>>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface StackWish {
  readonly apis: number;
  readonly workers: number;
  readonly plan?: FaultPlan;
  /** Storage and other settings. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked for each life of a process: a value for FAILPOINTS. */
  readonly failpoints?: () => string | undefined;
  readonly onDeath?: (death: Death) => void;
}

export async function startStack(wish: StackWish): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const database = await startDatabase(folder);
  const ports = await Promise.all(Array.from({ length: wish.apis + wish.workers }, freePort));
  const apiPorts = ports.slice(0, wish.apis);
  let turn = 0;
  const proxy = await createFaultProxy({
    target: () => `http://127.0.0.1:${apiPorts[turn++ % apiPorts.length]}`,
    ...(wish.plan && { plan: wish.plan }),
  });
  const env: Record<string, string> = {
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    SLIPWAY_SECRET: randomBytes(32).toString('hex'),
    SLIPWAY_URL: proxy.url,
    LOG_LEVEL: 'info',
    ...wish.env,
  };
  const seeded = await seed(env);
  const processes = ports.map((port, index) => {
    const role = index < wish.apis ? 'api' : 'worker';
    return startGuarded({
      name: `${role} ${index}`,
      args: [entryOf('slipway', 'main', 'production')],
      isReady: (line) => line.includes('"msg":"started"'),
      onDeath: (death) => wish.onDeath?.(death),
      env: () => {
        const failpoints = wish.failpoints?.();
        return plain({
          ...env,
          SLIPWAY_ROLE: role,
          SLIPWAY_PORT: String(port),
          ...(failpoints === undefined ? {} : { FAILPOINTS: failpoints }),
        });
      },
    });
  });
  const ready = async () => {
    await Promise.all(processes.map((one) => one.ready()));
  };
  await ready();
  return {
    ...seeded,
    url: proxy.url,
    proxy,
    database,
    env,
    ready,
    apis: processes.slice(0, wish.apis),
    workers: processes.slice(wish.apis),
    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      await proxy.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing of the caller's configuration may reach what is tested. */
function plain(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'compiled');
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_ENV: 'production', ...extra };
}

/** A project that takes everything, and its key. */
async function seed(env: Readonly<Record<string, string>>) {
  const apiKey = `sk_live_${randomBytes(16).toString('hex')}`;
  const args = [entryOf('slipway', 'seed', 'production')];
  const tool = { args, env: plain({ ...env, SLIPWAY_API_KEY: apiKey }) };
  const { code, out, err } = await runTool(tool, AbortSignal.timeout(60_000));
  if (code !== 0) throw new Error(`seeding failed:\n${err.join('\n')}`);
  const seeded: { photoestate: { projectId: string } } = JSON.parse(out.at(-1) ?? '');
  return { apiKey, projectId: seeded.photoestate.projectId };
}
