import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTool } from './child.ts';
import { entryOf } from './entry.ts';
import { type Lock, tryLock } from './lock.ts';
import { Refusal } from './refusal.ts';
import { root } from './root.ts';
import { sourceHash } from './source-hash.ts';
import type { Terminal } from './terminal.ts';

export interface BuildWish {
  readonly app: string;
  readonly title: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Pages and server, when they were never built or their sources changed since. */
export async function ensureBuilt(wish: BuildWish): Promise<void> {
  const stamp = join(root, 'apps', wish.app, '.next', 'source-hash');
  if (isFresh(stamp, wish.app)) return;
  const lock = await buildLock(wish);
  try {
    // Another start may have built it while this one waited.
    if (isFresh(stamp, wish.app)) return;
    const hash = sourceHash(wish.app);
    rmSync(stamp, { force: true });
    await build(wish);
    writeFileSync(stamp, hash);
  } finally {
    lock.release();
  }
}

function isFresh(stamp: string, app: string): boolean {
  const pages = join(root, 'apps', app, '.next', 'BUILD_ID');
  const server = join(root, entryOf(app, 'main', 'production'));
  const complete = [stamp, pages, server].every((path) => existsSync(path));
  return complete && readFileSync(stamp, 'utf8') === sourceHash(app);
}

async function buildLock({ app, title, terminal, signal }: BuildWish): Promise<Lock> {
  const folder = join(root, 'node_modules', '.cache');
  mkdirSync(folder, { recursive: true });
  for (let told = false; ; told = true) {
    const attempt = tryLock(join(folder, `build-${app}.lock`));
    if (attempt.held) return attempt.lock;
    if (!told) terminal.say(`Waiting for process ${attempt.owner}, which is building ${title} …`);
    await sleep(500, undefined, { signal });
  }
}

async function build({ app, title, terminal, signal }: BuildWish): Promise<void> {
  const began = performance.now();
  const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`;
  terminal.say(`Building ${title} (once, and after changes) …`);
  const heartbeat = setInterval(() => terminal.say(`  … ${seconds()}`), 5000);
  const folder = join(root, 'apps', app);
  const next = createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  const result = await runTool({ args: [next, 'build'], cwd: folder, env }, signal).finally(() =>
    clearInterval(heartbeat),
  );
  if (result.code !== 0) {
    for (const line of [...result.out, ...result.err].slice(-40)) terminal.complain(line);
    throw new Refusal(`${title} could not be built (above).`);
  }
  // Only here, so that a start with nothing to build does not load the bundler.
  const { bundleServer } = await import('./bundle.ts');
  await bundleServer(app);
  terminal.say(`Built ${title} in ${seconds()}.`);
}
