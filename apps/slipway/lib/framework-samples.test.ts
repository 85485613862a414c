import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allSamples } from './framework-samples.ts';

const root = join(import.meta.dirname, '../../..');

test('every program of the docs compiles', () => {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules/.cache/samples-'));
  try {
    for (const { file, code } of allSamples)
      writeFileSync(join(folder, file), `${code}\nexport {};\n`);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, module: 'preserve', target: 'es2023' },
      ...{ lib: ['es2024', 'dom', 'dom.iterable'], types: ['node'] },
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
    };
    const files = allSamples.map(({ file }) => file);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('and is in the README of the package', () => {
  const readme = readFileSync(join(root, 'packages/sdk/README.md'), 'utf8');
  for (const { code, title } of allSamples) expect(readme.includes(code), title).toBe(true);
});
