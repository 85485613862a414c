import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '..', '..');
/** Everything that a start leaves behind can be told by it. */
const MARK = `lifecycle-${randomUUID()}`;

let dataDir: string;
let ports: { slipway: number; photoestate: number };

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

interface Start {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  output(): string;
}

function start(env: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), 'start'], {
    cwd: root,
    env: {
      ...cleanEnvironment(),
      SLIPWAY_PORT: String(ports.slipway),
      PHOTOESTATE_PORT: String(ports.photoestate),
      DATA_DIR: dataDir,
      MARK,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const add = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, exited, output: () => output };
}

/** The stack that the other suites use has put its own addresses into our environment. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { SLIPWAY_URL, SLIPWAY_API_KEY, PHOTOESTATE_URL, npm_lifecycle_event, ...rest } =
    process.env;
  return rest;
}

async function startUntilReady(): Promise<Start> {
  const run = start();
  for (let waited = 0; waited < 240_000 && run.child.exitCode === null; waited += 50) {
    if (run.output().includes('Sign in')) return run;
    await sleep(50);
  }
  throw new Error(`The stack did not come up:\n${run.output()}`);
}

/** Processes that carry the mark or, as Postgres does without our environment, the data folder. */
function leftovers(): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const marked = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(MARK);
      if (marked || command.includes(dataDir)) found.push(`${pid} ${command.slice(0, 300)}`);
    } catch {
      // Gone while we looked.
    }
  }
  return found;
}

async function untilNothingIsLeft(limitMs: number): Promise<string[]> {
  for (let waited = 0; waited < limitMs && leftovers().length > 0; waited += 100) await sleep(100);
  return leftovers();
}

function pidOf(part: string): number {
  const line = leftovers().find((entry) => entry.includes(part));
  if (line === undefined) throw new Error(`no process has ${part}: ${leftovers().join('\n')}`);
  return Number(line.split(' ')[0]);
}

async function refusal(env: Record<string, string>): Promise<string> {
  const run = start(env);
  expect(await run.exited).toBe(1);
  expect(run.output()).not.toMatch(/\n\s+at /);
  return run.output().trim();
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lifecycle-'));
  ports = { slipway: await freePort(), photoestate: await freePort() };
});

afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
});

describe.runIf(process.platform === 'linux')('npm start', () => {
  test('comes up, writes demo.json for its owner only, and stops in order on SIGTERM', async () => {
    const run = await startUntilReady();
    expect(run.output()).toContain(`Slipway ready: http://127.0.0.1:${ports.slipway}`);
    expect(run.output()).toContain(`PhotoEstate Pro ready: http://127.0.0.1:${ports.photoestate}`);
    const file = join(dataDir, 'demo.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const demo = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(demo)).toEqual(['slipway', 'photoestate']);
    expect(Object.keys(demo.slipway)).toEqual(['url', 'email', 'password', 'projectId', 'apiKey']);
    expect(Object.keys(demo.photoestate)).toEqual(['url', 'email', 'password']);

    const began = Date.now();
    run.child.kill('SIGTERM');
    // A load balancer has to learn of it while the port still answers.
    const ready = `http://127.0.0.1:${ports.slipway}/readyz`;
    await expect
      .poll(async () => (await fetch(ready)).status, { interval: 50, timeout: 1000 })
      .toBe(503);
    expect(await run.exited).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(await untilNothingIsLeft(2000)).toEqual([]);
  });

  test('starts again within 10 s, with the data, on other ports, and stops on SIGINT', async () => {
    const before = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));
    ports = { slipway: await freePort(), photoestate: await freePort() };
    const began = Date.now();
    const run = await startUntilReady();
    expect(Date.now() - began).toBeLessThan(10_000);

    const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));
    const url = `http://127.0.0.1:${ports.slipway}`;
    expect(demo.slipway).toEqual({ ...before.slipway, url });
    const response = await fetch(`${url}/api/project`, {
      headers: { authorization: `Bearer ${demo.slipway.apiKey}` },
    });
    expect(response.status).toBe(200);

    expect(await refusal({})).toMatch(/^Already running: process \d+ uses DATA_DIR .*$/);
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    expect(await untilNothingIsLeft(2000)).toEqual([]);
  });

  test('an app that dies is started again; a supervisor that is killed takes all along', async () => {
    const run = await startUntilReady();
    const former = pidOf('apps/slipway/dist/main');
    process.kill(former, 'SIGKILL');
    const url = `http://127.0.0.1:${ports.slipway}/readyz`;
    const answers = () =>
      fetch(url).then(
        (response) => response.ok,
        () => false,
      );
    for (let waited = 0; waited < 10_000 && !(await answers()); waited += 100) await sleep(100);
    expect(await answers()).toBe(true);
    expect(pidOf('apps/slipway/dist/main')).not.toBe(former);

    process.kill(pidOf('scripts/start.ts'), 'SIGKILL');
    expect(await run.exited).not.toBe(0);
    expect(await untilNothingIsLeft(20_000)).toEqual([]);
  });

  test('a hard kill of its parent stops everything, and the next start mends what was left', async () => {
    const run = await startUntilReady();
    run.child.kill('SIGKILL');
    const next = await startUntilReady();
    next.child.kill('SIGTERM');
    expect(await next.exited).toBe(0);
    expect(await untilNothingIsLeft(20_000)).toEqual([]);
  });

  test('what is wrong ends in one clear line', async () => {
    expect(await refusal({ SLIPWAY_PORT: 'x', HOST: 'a b', DATABASE_URL: 'mysql://x' })).toBe(
      [
        'SLIPWAY_PORT must be a port from 1 to 65535, not "x"',
        'HOST must be an address such as 127.0.0.1, not "a b"',
        'DATABASE_URL must look like postgres://user:password@host:5432/database',
      ].join('\n'),
    );
    const port = await freePort();
    const server = await listen(port);
    expect(await refusal({ PHOTOESTATE_PORT: String(port) })).toBe(
      `Port ${port} is in use. Stop what uses it, or set PHOTOESTATE_PORT to another port.`,
    );
    server.close();
    expect(await refusal({ HOST: '203.0.113.1' })).toMatch(/^HOST 203.0.113.1 is not an address/);
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    expect(await refusal({ DATA_DIR: file })).toMatch(/^DATA_DIR .* cannot be used: .*$/);
    expect(await refusal({ DATA_DIR: '/proc/nowhere' })).toMatch(/^DATA_DIR .* cannot be used/);

    for (const name of ['demo.json', 'secrets.json', 'postgres/cluster/global/pg_control']) {
      const path = join(dataDir, name);
      const whole = readFileSync(path);
      writeFileSync(path, '{ "half":');
      const line = await refusal({});
      expect(line.split('\n')).toHaveLength(1);
      expect(line).toMatch(
        name.endsWith('json') ? /is damaged \(/ : /cannot be used: .*pg_control/,
      );
      writeFileSync(path, whole);
    }
    expect(leftovers()).toEqual([]);
  });
});
