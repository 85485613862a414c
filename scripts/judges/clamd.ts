import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findClamd } from '../stack/find-clamd.ts';
import { Refusal } from '../stack/refusal.ts';
import { eicar, writeSignatures } from './clamd-database.ts';

/**
 * A real clamd that knows one virus, the EICAR test file. It says in one line of JSON where it is
 * and how that file reads, and ends when its input does. By hand:
 *
 *     node scripts/judges/clamd.ts --port 3310
 *     CLAMD_URL=tcp://127.0.0.1:3310 npm start
 *
 * `--set 'StreamMaxLength 1M'` adds a line to its configuration, `--database 27812` gives its
 * signatures a version.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      database: { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  });
  const program = findClamd((line) => void process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'clamd-'));
  const socket = join(folder, 'clamd.sock');
  const port = Number(values.port ?? (await freePort()));
  const config = writeConfig(folder, {
    socket,
    port,
    lines: values.set ?? [],
    ...(values.database === undefined ? {} : { database: Number(values.database) }),
  });
  const child = spawn(program, ['--config-file', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collectOutput(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  process.stdin.once('close', () => child.kill('SIGTERM')).resume();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => child.kill('SIGTERM'));
  }
  void ended.then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  if (await answers(port, child)) {
    const facts = { tcp: `tcp://127.0.0.1:${port}`, unix: `unix:${socket}`, pid: child.pid };
    process.stdout.write(`${JSON.stringify({ ...facts, eicar: eicar().toString('base64') })}\n`);
    return;
  }
  process.stderr.write(`clamd did not start:\n${output()}`);
  process.exitCode = 1;
  child.kill('SIGTERM');
}

function writeConfig(
  folder: string,
  options: { socket: string; port: number; lines: readonly string[]; database?: number },
): string {
  const { socket, port, lines, database } = options;
  const paths = { config: join(folder, 'clamd.conf'), db: join(folder, 'db') };
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  writeSignatures(paths.db, database);
  const settings = [
    'Foreground yes',
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `DatabaseDirectory ${paths.db}`,
    `TemporaryDirectory ${temporary}`,
    // What it did not look at must not pass as clean.
    'AlertExceedsMax yes',
    // Ten times as fast on pictures, and no signature here asks for it.
    'ScanImageFuzzyHash no',
    ...lines,
  ];
  writeFileSync(paths.config, `${settings.join('\n')}\n`);
  return paths.config;
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text = (text + chunk).slice(-4000);
    });
  }
  return () => text;
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < 15_000 && child.exitCode === null; waited += 20) {
    if (await accepts(port)) return true;
    await sleep(20);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

try {
  await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
