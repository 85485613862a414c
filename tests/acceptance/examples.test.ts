import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { uploadFiles } from 'slipway/client';
import { createSlipway } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

const run = promisify(execFile);
const examples = join(import.meta.dirname, '../../examples');
const folder = mkdtempSync(join(tmpdir(), 'slipway-examples-'));
const source = join(folder, `it's a "photo" & more.bin`);
const bytes = randomBytes(123_457);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let apiKey: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  ({ key: apiKey } = await signUpWithProject());
  env = { ...process.env, DEMO_JSON: '', SLIPWAY_URL: slipwayUrl(), SLIPWAY_API_KEY: apiKey };
  writeFileSync(source, bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('curl', () => {
  const script = join(examples, 'curl/upload.sh');

  test('uploads, downloads and compares', async () => {
    const { stdout } = await run(script, [source], { env });
    expect(stdout).toContain(`sha256: ${sha256}`);
    expect(stdout).toContain('bit for bit');
    const slipway = createSlipway({ url: slipwayUrl(), apiKey });
    const [file] = (await slipway.files.list({ q: 'photo' })).data;
    expect(file).toMatchObject({ name: `it's a "photo" & more.bin`, status: 'ready', sha256 });
  });

  test('reads address and key from the demo file', async () => {
    const demo = join(folder, 'demo.json');
    const other = { url: 'http://127.0.0.1:1', apiKey: 'sk_no' };
    writeFileSync(
      demo,
      JSON.stringify({ photoestate: other, slipway: { url: slipwayUrl(), apiKey } }, null, 2),
    );
    const { stdout } = await run(script, [source], {
      env: { ...process.env, SLIPWAY_URL: '', SLIPWAY_API_KEY: '', DEMO_JSON: demo },
    });
    expect(stdout).toContain('bit for bit');
  });

  test('says in words what is wrong', async () => {
    const failure = run(script, [source, 'image/png'], { env });
    await expect(failure).rejects.toMatchObject({
      stderr: expect.stringMatching(/upload-complete answered 422: Expected image\/png/),
    });
    const stranger = run(script, [source], { env: { ...env, SLIPWAY_API_KEY: 'sk_live_wrong' } });
    await expect(stranger).rejects.toMatchObject({
      stderr: expect.stringContaining('answered 401'),
    });
  });
});

describe('fetch', () => {
  test('uploads, downloads and compares', async () => {
    const { stdout } = await run(process.execPath, [join(examples, 'fetch/upload.mjs'), source], {
      env,
    });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ready', sha256 });
  });
});

describe('next-app', () => {
  // A copy inside the repository: its build must not meet one that somebody else runs.
  const app = join(examples, `.next-app-${process.pid}`);
  const next = join(
    dirname(createRequire(import.meta.url).resolve('next/package.json')),
    'dist/bin/next',
  );
  let server: ChildProcess;
  let base: string;

  beforeAll(async () => {
    cpSync(join(examples, 'next-app'), app, {
      recursive: true,
      filter: (path) => !/node_modules|\.next$/.test(path),
    });
    const more: NodeJS.ProcessEnv = {
      ...env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    };
    // A build must work where no key is at hand.
    await run(process.execPath, [next, 'build'], {
      cwd: app,
      env: { ...more, SLIPWAY_URL: '', SLIPWAY_API_KEY: '' },
    });
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, [next, 'start', '-p', String(port), '-H', '127.0.0.1'], {
      cwd: app,
      env: more,
      stdio: 'ignore',
    });
    await answers(base);
  }, 280_000);

  afterAll(async () => {
    if (server?.exitCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
    }
    rmSync(app, { recursive: true, force: true });
  });

  test('shows the button and the dropzone, styled before any script runs', async () => {
    const html = await (await fetch(base)).text();
    expect(html).toContain('Choose a file');
    expect(html).toContain('slipway-dropzone');
    expect(html).toContain(':focus-visible');
  });

  test('uploads through its route, and answers with what onComplete returned', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const endpoint = `${base}/api/slipway`;
    const [picture, text] = await uploadFiles(
      [
        new File([png], 'me.png', { type: 'image/png' }),
        new File(['x'], 'x.txt', { type: 'text/plain' }),
      ],
      { endpoint, route: 'avatar', concurrency: 1 },
    );
    expect(picture).toMatchObject({
      state: 'done',
      serverData: { greeting: 'anna uploaded me.png' },
      result: { status: 'ready' },
    });
    expect(text?.error?.code).toBe('file_type_not_allowed');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer.`);
}
