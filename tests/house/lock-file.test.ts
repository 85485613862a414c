import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './import-graph.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);
const entries = Object.entries(lock.packages);

test('the lock names no registry, so that any mirror serves it', () => {
  expect(entries.length).toBeGreaterThan(300);
  const named = entries.filter(([, entry]) => entry.resolved !== undefined && !entry.link);
  expect(named.map(([path]) => path)).toEqual([]);
});

/** Without one of them `npm ci` fails there, though it works where the lock was made. */
const PLATFORMS = /linux-?(x64|arm64)|darwin-?arm64/;

test('the lock has every supported platform of every package that comes by platform', () => {
  const wanted = entries.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => PLATFORMS.test(name))
      .map((name) => ({ path, name })),
  );
  expect(wanted.length).toBeGreaterThan(20);
  const missing = wanted.filter(
    ({ path, name }) =>
      !(`${path}/node_modules/${name}` in lock.packages) &&
      !(`node_modules/${name}` in lock.packages),
  );
  expect(missing).toEqual([]);
});

test('every direct dependency is pinned to one version', () => {
  const loose = entries
    .filter(([path]) => !path.includes('node_modules'))
    .flatMap(([path, entry]) =>
      Object.entries(dependenciesOf(entry)).map((pair) => [path, ...pair]),
    )
    .filter(([, , range = '']) => range !== '*' && !/^\d+\.\d+\.\d+/.test(range));
  expect(loose).toEqual([]);
});

function dependenciesOf(entry: Locked): Record<string, string> {
  const { dependencies, devDependencies, optionalDependencies } = entry as Record<
    string,
    Record<string, string> | undefined
  >;
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}
