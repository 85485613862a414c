import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judgesFolder, type Say, type Unavailable } from './judge.ts';

export interface GoProgram {
  readonly name: string;
  /** As `go install` wants it, without its version. */
  readonly module: string;
  readonly version: string;
}

const LIMIT_MS = 10 * 60_000;

/** The path of a program that Go builds from its sources, once for each version. */
export function goInstall(
  { name, module, version }: GoProgram,
  say: Say,
): { readonly path: string } | Unavailable {
  const folder = join(judgesFolder(), `${name}-${version}`);
  const path = join(folder, name);
  if (existsSync(path)) return { path };
  if (spawnSync('go', ['version']).status !== 0)
    return { reason: 'there is no Go to build it with' };
  say(`Building ${name} ${version} (once) …`);
  const began = performance.now();
  // Stripped: the linker is half of the work.
  const result = spawnSync('go', ['install', '-ldflags=-s -w', `${module}@${version}`], {
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  if (result.status === 0 && existsSync(path)) {
    say(`Built in ${Math.round((performance.now() - began) / 1000)} s.`);
    return { path };
  }
  rmSync(folder, { recursive: true, force: true });
  const last = result.stderr.trim().split('\n').at(-1) || `no end within ${LIMIT_MS / 60_000} min`;
  return { reason: `it could not be built: ${last}` };
}
