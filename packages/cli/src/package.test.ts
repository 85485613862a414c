import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPackage } from '../scripts/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-cli-package-'));
const installed = join(folder, 'node_modules/slipway-cli');
const own = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
let packed: { filename: string; files: { path: string; mode: number }[] };

beforeAll(async () => {
  const dist = join(folder, 'dist');
  await buildPackage(dist);
  const args = ['pack', '--json', '--pack-destination', folder, '--offline'];
  [packed] = JSON.parse(execFileSync('npm', args, { cwd: dist, encoding: 'utf8' }));
  mkdirSync(installed, { recursive: true });
  const archive = join(folder, packed.filename);
  execFileSync('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
  // What npm would install beside it, and nothing of this repository.
  const require = createRequire(import.meta.url);
  for (const name of ['commander', '@clack/prompts']) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(packageOf(require.resolve(name), name), place);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packageOf = (file: string, name: string) =>
  file.slice(0, file.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length);

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['--no-strip-types', join(installed, 'slipway.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, NODE_ENV: 'production' },
  });

test('holds the command and what belongs to it, and nothing else', () => {
  expect(packed.files.map(({ path }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
    'slipway.js',
  ]);
  expect(packed.files.find(({ path }) => path === 'slipway.js')?.mode).toBe(0o755);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest.bin).toEqual({ slipway: './slipway.js' });
  expect(Object.keys(manifest.dependencies)).toEqual(['@clack/prompts', 'commander']);
  expect(readFileSync(join(installed, 'slipway.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('runs where it is installed, on plain JavaScript', () => {
  expect(run('--version').stdout).toBe(`${own.version}\n`);
  const failed = run('files', 'ls', '--json');
  expect([failed.status, JSON.parse(failed.stdout).error.code]).toEqual([3, 'not_logged_in']);
});

test('says which Node it needs, wherever it says so', () => {
  const needed = own.engines.node.replace('>=', '');
  const require = createRequire(import.meta.url);
  const commander = dirname(require.resolve('commander'));
  const theirs = JSON.parse(readFileSync(join(commander, 'package.json'), 'utf8')).engines.node;
  expect(theirs).toBe(`>=${needed}.0`);
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  expect(readme).toContain(`It needs Node.js ${needed} or newer.`);
});
