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

/** An address of Slipway: a proxy, and behind it processes that answer in turn. */
export interface Front {
  readonly url: string;
  readonly apiKey: string;
  readonly proxy: FaultProxy;
  readonly apis: readonly Guarded[];
}

/** Slipway as it runs in earnest: several processes on one database and one storage. */
export interface Stack {
  readonly fronts: readonly Front[];
  readonly worker: Guarded;
  readonly database: Database;
  /** What a process of this stack is told; for one that looks at it from inside. */
  readonly env: Readonly<Record<string, string>>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface StackWish {
  /** How many processes stand behind each front. */
  readonly fronts: readonly number[];
  readonly plan?: FaultPlan;
  /** A bucket, say. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked for each life of a process: a value for FAILPOINTS. */
  readonly failpoints?: () => string | undefined;
  readonly onDeath?: (death: Death) => void;
}

interface Making {
  readonly wish: StackWish;
  readonly env: Readonly<Record<string, string>>;
}

export async function startStack(wish: StackWish): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const database = await startDatabase(folder);
  const env: Record<string, string> = {
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    SLIPWAY_SECRET: randomBytes(32).toString('hex'),
    SLIPWAY_URL: 'http://127.0.0.1:9',
    ...wish.env,
  };
  const apiKey = await seed(env);
  const making = { wish, env };
  const worker = startProcess(making, { role: 'worker', port: await freePort() });
  const fronts: Front[] = [];
  for (const apis of wish.fronts) fronts.push({ apiKey, ...(await openFront(making, apis)) });
  const processes = [worker, ...fronts.flatMap(({ apis }) => apis)];
  const ready = async () => {
    await Promise.all(processes.map((one) => one.ready()));
  };
  await ready();
  return {
    ...{ fronts, worker, database, env, ready },
    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      await Promise.all(fronts.map(({ proxy }) => proxy.stop()));
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openFront(making: Making, count: number) {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  let turn = 0;
  const proxy = await createFaultProxy({
    target: () => `http://127.0.0.1:${ports[turn++ % ports.length]}`,
    ...(making.wish.plan && { plan: making.wish.plan }),
  });
  const apis = ports.map((port) => startProcess(making, { role: 'api', port, url: proxy.url }));
  return { url: proxy.url, proxy, apis };
}

function startProcess(
  { wish, env }: Making,
  { role, port, url }: { role: 'api' | 'worker'; port: number; url?: string },
): Guarded {
  return startGuarded({
    name: role,
    args: [entryOf('slipway', 'main', 'production')],
    isReady: (line) => line.includes('"msg":"started"'),
    onDeath: (death) => wish.onDeath?.(death),
    env() {
      const failpoints = wish.failpoints?.();
      return plain({
        ...env,
        SLIPWAY_ROLE: role,
        SLIPWAY_PORT: String(port),
        ...(url === undefined ? {} : { SLIPWAY_URL: url }),
        ...(failpoints === undefined ? {} : { FAILPOINTS: failpoints }),
      });
    },
  });
}

/** Nothing of the caller's configuration may reach what is tested. */
export function plain(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'compiled');
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_ENV: 'production', ...extra };
}

/** The key of a project that takes everything. */
async function seed(env: Readonly<Record<string, string>>): Promise<string> {
  const apiKey = `sk_live_${randomBytes(16).toString('hex')}`;
  const args = [entryOf('slipway', 'seed', 'production')];
  const tool = { args, env: plain({ ...env, SLIPWAY_API_KEY: apiKey }) };
  const { code, err } = await runTool(tool, AbortSignal.timeout(60_000));
  if (code !== 0) throw new Error(`seeding failed:\n${err.join('\n')}`);
  return apiKey;
}
