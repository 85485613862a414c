import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const start = (dataDir: string) => startEmbeddedPostgres({ dataDir, durable: false });

async function startInAnotherProcess(
  dataDir: string,
): Promise<{ child: ChildProcess; url: string }> {
  const script = new URL('./run-for-test.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(child.stdout, 'data');
  return { child, url: String(chunk).trim() };
}

async function serverPid(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('what was written is there after a stop and a second start', async () => {
  const first = await start(folder);
  await first.ensureDatabase('shop');
  await first.ensureDatabase('shop');
  await query(first.url('shop'), 'create table item as select 7 as n');
  await first.stop();
  const second = await start(folder);
  expect(await query(second.url('shop'), 'select n from item')).toEqual([{ n: 7 }]);
  await second.stop();
});

test('the server dies with its parent, however that dies, and the next start has the data', async () => {
  const { child, url } = await startInAnotherProcess(folder);
  await query(url, 'create table item as select 8 as n');
  const pid = await serverPid(folder);
  child.kill('SIGKILL');
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50);
  expect(isAlive(pid)).toBe(false);
  const next = await start(folder);
  expect(await query(next.url('postgres'), 'select n from item')).toEqual([{ n: 8 }]);
  await next.stop();
});

test('a crash of the server itself is noticed, and its leftovers do not block the next start', async () => {
  const server = await start(folder);
  const pid = await serverPid(folder);
  process.kill(pid, 'SIGKILL');
  await server.exited;
  // What a container does: the number in the left pid file now belongs to somebody else.
  const file = join(folder, 'cluster/postmaster.pid');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^\d+/, String(process.pid)));
  const next = await start(folder);
  await next.stop();
});

test('logins need the password, which is closed to other users', async () => {
  const server = await start(folder);
  const url = new URL(server.url('postgres'));
  url.password = 'wrong';
  await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
  await server.stop();
});

test('non-ASCII letters have cases', async () => {
  const server = await start(folder);
  expect(await query(server.url('postgres'), `select 'ÉTÉ' ilike 'été' as same`)).toEqual([
    { same: true },
  ]);
  await server.stop();
});

test('a damaged cluster, a foreign version and a file in the way end in one clear sentence', async () => {
  const server = await start(folder);
  await server.stop();
  const refusal = async (dataDir: string) => {
    const error = await start(dataDir).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    const message = error instanceof Error ? error.message : '';
    expect(message.split('\n')).toHaveLength(1);
    return message;
  };
  const control = join(folder, 'cluster/global/pg_control');
  const kept = await readFile(control);
  await writeFile(control, 'garbage');
  expect(await refusal(folder)).toMatch(/cannot be used: .*pg_control/);
  await rm(control);
  expect(await refusal(folder)).toMatch(/pg_control is missing/);
  await writeFile(control, kept);
  await writeFile(join(folder, 'cluster/PG_VERSION'), '14\n');
  expect(await refusal(folder)).toMatch(/made by Postgres 14/);
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  expect(await refusal(file)).toMatch(/cannot be used/);
});

test('a half-made cluster is made again', async () => {
  await mkdir(join(folder, 'cluster.new'), { recursive: true });
  await writeFile(join(folder, 'cluster.new/PG_VERSION'), '18\n');
  const server = await start(folder);
  await server.stop();
});

test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'root may keep its data below a folder that is closed to everybody else',
  async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o700);
    for (let round = 0; round < 2; round++) {
      const server = await start(join(closed, 'data'));
      await server.ensureDatabase('shop');
      await server.stop();
    }
  },
);
