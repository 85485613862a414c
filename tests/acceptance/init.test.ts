import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { uploadFiles } from 'slipway/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { freePort } from './free-port.ts';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

const MOST_FILES = 2;
const MOST_LINES = 12;

const examples = join(import.meta.dirname, '../../examples');
const app = join(examples, `.fresh-app-${process.pid}`);
const next = join(
  dirname(createRequire(import.meta.url).resolve('next/package.json')),
  'dist/bin/next',
);
let key: string;
let env: Record<string, string>;
let server: ChildProcess | undefined;

/** What `create-next-app` leaves: a layout, a page, and its configuration. */
beforeAll(async () => {
  ({ key } = await signUpWithProject());
  env = { HOME: app, SLIPWAY_URL: slipwayUrl(), SLIPWAY_API_KEY: key };
  mkdirSync(join(app, 'app'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json', 'next.config.mjs', 'app/layout.tsx'])
    cpSync(join(examples, 'next-app', name), join(app, name));
  writeFileSync(join(app, '.gitignore'), '.env*\n');
  writeFileSync(
    join(app, 'app/page.tsx'),
    'export default function Page() {\n  return <h1>Fresh</h1>;\n}\n',
  );
});
afterAll(async () => {
  if (server?.exitCode === null) {
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  }
  rmSync(app, { recursive: true, force: true });
});

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.next') && statSync(join(folder, name)).isFile())
    .toSorted();

const linesOf = (file: string) =>
  readFileSync(join(app, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

test('from a fresh Next.js app to a first verified upload', async () => {
  const before = filesBelow(app);
  const startedAt = performance.now();
  const init = await runCli(['init', '--yes', '--json'], { env, cwd: app });
  expect(init).toMatchObject({ code: 0, stderr: '' });
  const initMs = performance.now() - startedAt;
  const written = filesBelow(app).filter((name) => !before.includes(name) && name !== '.env.local');
  const lines = written.map(linesOf).reduce((sum, count) => sum + count, 0);
  expect(JSON.parse(init.stdout).files.toSorted()).toEqual(written);
  expect(written.length).toBeLessThanOrEqual(MOST_FILES);
  expect(lines).toBeLessThanOrEqual(MOST_LINES);
  expect(readFileSync(join(app, '.env.local'), 'utf8')).toBe(
    `SLIPWAY_URL=${slipwayUrl()}\nSLIPWAY_API_KEY=${key}\n`,
  );

  const base = `http://127.0.0.1:${await freePort()}`;
  server = spawn(process.execPath, [next, 'dev', '-p', new URL(base).port, '-H', '127.0.0.1'], {
    cwd: app,
    // Address and key come from .env.local, as they do for whoever runs it.
    env: { PATH: process.env['PATH'], NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'ignore',
  });
  const page = await answerOf(`${base}/upload`);
  expect(page).toContain('slipway-dropzone');
  const [item] = await uploadFiles([new File(['hello'], 'first.txt', { type: 'text/plain' })], {
    endpoint: `${base}/api/slipway`,
    route: 'file',
  });
  expect(item).toMatchObject({ state: 'done', result: { status: 'ready', name: 'first.txt' } });
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  console.log(
    `slipway init: ${written.length} files, ${lines} lines, ${seconds(initMs)} s; first verified upload after ${seconds(performance.now() - startedAt)} s`,
  );
});

test('what it wrote fits the SDK’s types', async () => {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const files = ['app/api/slipway/route.ts', 'app/upload/page.tsx'];
  const flags = '--noEmit --strict --jsx react-jsx --module esnext --moduleResolution bundler';
  const more = '--skipLibCheck --allowImportingTsExtensions --target es2022 --ignoreConfig';
  await promisify(execFile)(
    process.execPath,
    [
      tsc,
      ...flags.split(' '),
      ...more.split(' '),
      '--lib',
      'es2024,esnext.disposable,dom,dom.iterable',
      ...files,
    ],
    { cwd: app },
  ).catch((error: { stdout: string }) => expect(error.stdout).toBe(''));
});

test('a second time it writes nothing, and says why', async () => {
  const before = filesBelow(app).map((name) => readFileSync(join(app, name), 'utf8'));
  const again = await runCli(['init', '--yes'], { env, cwd: app });
  expect([again.code, again.stdout]).toEqual([5, '']);
  expect(again.stderr).toContain('Nothing was written');
  expect(filesBelow(app).map((name) => readFileSync(join(app, name), 'utf8'))).toEqual(before);
  const nobody = await runCli(['init', '--yes'], { env, cwd: join(app, 'app') });
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('package.json')]);
});

async function answerOf(url: string): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const text = await fetch(url).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    if (text !== null) return text;
    await sleep(200);
  }
  throw new Error(`${url} does not answer.`);
}
