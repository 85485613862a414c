import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSlipway } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

const content = join(import.meta.dirname, '../../apps/slipway/content/docs');
const folder = mkdtempSync(join(tmpdir(), 'slipway-docs-'));
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const main = join(import.meta.dirname, '../../packages/cli/src/main.ts');
/** An answer of 400 and more ends the script; the command is the repository's own. */
const COMMANDS = `curl() { command curl --fail-with-body "$@" && echo; }
slipway() { "$NODE" ${JSON.stringify(main)} "$@"; }`;

/** Shell samples of a page that are meant to be run, with this server's address. */
function shellOf(path: string): string {
  const text = readFileSync(join(content, path), 'utf8');
  const blocks = [...text.matchAll(/^```sh(.*)\n([\s\S]*?)\n```$/gm)];
  return blocks
    .filter(([, info = '']) => !info.includes('skip="'))
    .map(([, , code = '']) => code.replaceAll('https://uploads.example.com', slipwayUrl()))
    .join('\n');
}

const pages = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .filter((path) => /^```sh(?!.*skip=")/m.test(readFileSync(join(content, path), 'utf8')));

let apiKey: string;
let picture: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  ({ key: apiKey } = await signUpWithProject());
  picture = await jpeg();
  writeFileSync(join(folder, 'kitchen.jpg'), picture);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real JPEG, made by the server from a PNG. */
async function jpeg(): Promise<Uint8Array<ArrayBuffer>> {
  const slipway = createSlipway({ url: slipwayUrl(), apiKey });
  const { id } = await slipway.upload(new Blob([PNG]), { name: 'dot.png', type: 'image/png' });
  const { url } = await slipway.files.url(id, { transform: 'w=1,format=jpeg' });
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

describe('the shell samples of the documentation run', () => {
  test('there are some', () => expect(pages.length).toBeGreaterThan(5));

  test.each(pages)('%s', async (path) => {
    const slipway = createSlipway({ url: slipwayUrl(), apiKey });
    const { id } = await slipway.upload(picture, { name: 'dot.jpg', type: 'image/jpeg' });
    // Where the command looks for stored keys: nowhere that is somebody's.
    const cli = { SLIPWAY_URL: slipwayUrl(), XDG_CONFIG_HOME: folder, NODE: process.execPath };
    const script = `set -euo pipefail\n${COMMANDS}\n${shellOf(path)}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], {
      cwd: folder,
      env: { ...process.env, ...cli, SLIPWAY_API_KEY: apiKey, FILE_ID: id },
    });
    expect(stdout).not.toContain('"error":');
    expect(stdout.length).toBeGreaterThan(10);
  });
});

test('the docs link of an error leads to its page, and every code in the list has one', async () => {
  const refused = await fetch(`${slipwayUrl()}/api/files`);
  const { error } = (await refused.json()) as { error: { code: string; docs: string } };
  expect(error.docs).toBe(`${slipwayUrl()}/docs/errors/api_key_missing`);
  expect(await (await fetch(error.docs)).text()).toContain('The request has no key.');

  const list = await (await fetch(`${slipwayUrl()}/docs/errors`)).text();
  const links = new Set(
    [...list.matchAll(/href="(\/docs\/errors\/\w+)"/g)].map(([, href]) => href),
  );
  expect(links.size).toBeGreaterThan(50);
  for (const href of links) {
    const { status } = await fetch(`${slipwayUrl()}${href}`);
    expect({ href, status }).toEqual({ href, status: 200 });
  }
  expect((await fetch(`${slipwayUrl()}/docs/errors/no_such_code`)).status).toBe(404);
});

test('machines find the documentation', async () => {
  const brief = await fetch(`${slipwayUrl()}/llms.txt`);
  expect(brief.headers.get('content-type')).toContain('text/plain');
  expect(await brief.text()).toContain(`${slipwayUrl()}/docs/webhooks`);
  expect(await (await fetch(`${slipwayUrl()}/llms-full.txt`)).text()).toContain('# Webhooks');
  const index = (await (await fetch(`${slipwayUrl()}/docs/search.json`)).json()) as unknown[];
  expect(index.length).toBeGreaterThan(100);
});
