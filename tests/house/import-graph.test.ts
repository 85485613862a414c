import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  importViolations,
  manifestViolations,
  readManifest,
  root,
  sourceFiles,
  workspaceFolders,
} from './import-graph.ts';

test('every package depends only on what the graph allows', () => {
  const folders = workspaceFolders();
  expect(folders.length).toBeGreaterThan(7);
  expect(folders.flatMap((folder) => manifestViolations(folder, readManifest(folder)))).toEqual([]);
});

test('every source imports only what the graph allows', () => {
  const sources = sourceFiles();
  // A checker that sees nothing finds nothing.
  expect(sources.length).toBeGreaterThan(200);
  for (const folder of workspaceFolders()) {
    expect(sources.filter(({ file }) => file.startsWith(`${folder}/`)).length).toBeGreaterThan(0);
  }
  expect(sources.flatMap(importViolations)).toEqual([]);
});

const PLANTED: readonly (readonly [file: string, text: string])[] = [
  ['apps/photoestate/app/page.tsx', `import { createProject } from '@repo/slipway/project';`],
  ['apps/slipway/main.ts', `import { createRuntime } from "@repo/photoestate";`],
  ['apps/photoestate/lib/x.ts', `export * from '@repo/engine';`],
  ['packages/photoestate/src/x.ts', `const core = await import('@repo/slipway');`],
  ['packages/slipway/src/x.ts', `import 'slipway/server';`],
  ['packages/engine/src/x.ts', `import type { Db } from '@repo/foundation/db';`],
  ['packages/foundation/src/x.ts', `import { Button } from '@repo/ui/button';`],
  ['packages/ui/src/x.tsx', `import {\n  a,\n  b,\n} from '@repo/foundation/ids';`],
  ['packages/sdk/src/x.ts', `import { id } from '../../foundation/src/ids/index.ts';`],
  ['packages/cli/src/x.ts', `import { listFiles } from '@repo/slipway/file';`],
  ['examples/next-app/app/x.ts', `import { db } from '@repo/foundation/db';`],
  ['tests/acceptance/x.test.ts', `import { createProject } from '@repo/slipway/project';`],
  ['tests/e2e/x.test.ts', `import { decode } from '@repo/engine';`],
];

test.each(PLANTED)('a forbidden import planted in %s is found', (file, text) => {
  expect(importViolations({ file, text })).toHaveLength(1);
});

test('a forbidden dependency planted in a package.json is found', () => {
  const manifest = { name: '@repo/engine', dependencies: { sharp: '1', '@repo/foundation': '*' } };
  expect(manifestViolations('packages/engine', manifest)).toEqual([
    'packages/engine depends on @repo/foundation',
  ]);
});

test('the editor says so, too: Biome refuses them as they are written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    // The relative one is this file's business alone.
    const named = PLANTED.filter(([, text]) => !text.includes('../'));
    const fine = [
      ['packages/engine/src/fine.ts', `import sharp from 'sharp';`],
      ['apps/slipway/fine.ts', `import { createHttp } from '@repo/slipway';`],
      ['tests/e2e/fine.test.ts', `import { frame } from '@repo/engine/test-pictures';`],
    ] as const;
    for (const [file, text] of [...named, ...fine]) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    }
    const { $schema, vcs, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/biome'),
      [
        'lint',
        '--only=style/noRestrictedImports',
        '--reporter=json',
        '--max-diagnostics=none',
        '.',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    for (const [file] of named) expect(stdout).toContain(file);
    for (const [file] of fine) expect(stdout).not.toContain(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
