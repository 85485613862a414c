import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderEnvExample } from '../../scripts/stack/render-env-example.ts';
import { root, workspaceFolders } from './import-graph.ts';

test('.env.example is what the configuration schemas say', () => {
  const file = readFileSync(join(root, '.env.example'), 'utf8');
  expect(file, 'run: node scripts/env-example.ts --write').toBe(renderEnvExample());
});

const withTables = workspaceFolders().filter((folder) =>
  existsSync(join(root, folder, 'drizzle.config.ts')),
);

test('both products have migrations', () => {
  expect(withTables).toEqual(['packages/photoestate', 'packages/slipway']);
});

test.each(withTables)('the migrations of %s are those that its tables need', (folder) => {
  const cwd = join(root, folder);
  // Beside the package, because its configuration names files relative to it.
  const trial = mkdtempSync(join(cwd, 'node_modules-trial-'));
  try {
    cpSync(join(cwd, 'drizzle'), join(trial, 'out'), { recursive: true });
    const config = join(trial, 'trial.config.ts');
    writeFileSync(
      config,
      `import config from '../drizzle.config.ts';\nexport default { ...config, out: './${trial.slice(cwd.length + 1)}/out' };\n`,
    );
    const result = spawnSync(
      join(root, 'node_modules/.bin/drizzle-kit'),
      ['generate', '--config', config],
      { cwd, encoding: 'utf8' },
    );
    expect(`${result.stdout}${result.stderr}`).toContain('No schema changes');
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
});
