import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestSlipway, type TestSlipway } from 'slipway/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'slipway-put-'));
const main = join(import.meta.dirname, '../main.ts');
let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
  writeFileSync(join(folder, 'logo.txt'), 'a logo');
});
afterAll(async () => {
  await slipway.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (...options: string[]) =>
  promisify(execFile)(process.execPath, [main, 'files', 'put', 'logo.txt', ...options], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      HOME: folder,
      SLIPWAY_URL: slipway.url,
      SLIPWAY_API_KEY: slipway.apiKey,
    },
  });

const announced = () =>
  slipway.calls.filter(({ path }) => path === '/api/upload-url').map(({ body }) => body);

test('--replace asks for a new version of a customId, and for nothing without it', async () => {
  await put('--custom-id', 'logo', '--replace');
  expect(announced()).toMatchObject([{ customId: 'logo', replace: true }]);
  slipway.reset();
  await put('--custom-id', 'logo');
  expect(announced()).toMatchObject([{ customId: 'logo' }]);
  expect(announced()).not.toMatchObject([{ replace: expect.anything() }]);
  slipway.reset();
  await expect(put('--replace')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Expected --custom-id with --replace.'),
  });
  expect(announced()).toEqual([]);
});
