import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestSlipway, type TestSlipway } from 'slipway/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'slipway-init-'));
const main = join(import.meta.dirname, '../main.ts');
let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});
afterAll(async () => {
  await slipway.close();
  rmSync(folder, { recursive: true, force: true });
});

function init(name: string, ...options: string[]) {
  const cwd = join(folder, name);
  mkdirSync(join(cwd, 'app'), { recursive: true });
  writeFileSync(join(cwd, 'package.json'), '{ "dependencies": { "next": "16", "slipway": "*" } }');
  return promisify(execFile)(process.execPath, [main, 'init', '--yes', ...options], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      HOME: folder,
      SLIPWAY_URL: slipway.url,
      SLIPWAY_API_KEY: slipway.apiKey,
    },
  });
}

test('it warns that anybody may upload, and the page shows what came of it', async () => {
  const { stderr } = await init('shown');
  expect(stderr).toContain(
    'Anybody may upload until app/api/slipway/route.js has .authorize(…) in the place of .public().',
  );
  const page = readFileSync(join(folder, 'shown/app/upload/page.jsx'), 'utf8');
  expect(page).toContain('<h1>');
  expect(page).toContain(`padding: 32`);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written
  expect(page).toContain('${result?.name} is ${result?.id}');
});

test('where there are app and src/app it writes where Next.js looks', async () => {
  mkdirSync(join(folder, 'both/src/app'), { recursive: true });
  const { files } = JSON.parse((await init('both', '--json')).stdout);
  expect(files).toEqual(['app/api/slipway/route.js', 'app/upload/page.jsx']);
});

test('with --json nothing stands beside the document', async () => {
  expect((await init('json', '--json')).stderr).toBe('');
});
