import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@repo/foundation/postgres';
import { startRoundRobin } from '../packages/slipway/src/tus/testing/round-robin.ts';
import { startServerPool } from '../packages/slipway/src/tus/testing/server-pool.ts';
import { startTusWorld } from '../packages/slipway/src/tus/testing/world.ts';
import { findTuspy, runTuspy, type TuspyCase } from './judges/tuspy.ts';
import { type Counts, closingLine } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const CASES = 7;

/** A tus client that nobody here wrote, in another language, against two processes in turn. */
async function run(): Promise<Counts> {
  const python = findTuspy(say);
  if (python === undefined) {
    say('Skipped: python3-tuspy, which is not here (Debian’s python3-tuspy, as root).');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const folder = await mkdtemp(join(tmpdir(), 'test-tus-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  process.env['TEST_DATABASE_URL'] = postgres.url('postgres');
  try {
    return await judge(python);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function judge(python: string): Promise<Counts> {
  const world = await startTusWorld();
  const proxy = await startRoundRobin();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = world.runtime.env;
  const own = { LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api', SLIPWAY_URL: proxy.url };
  const pool = startServerPool({ DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, ...own }, 0);
  try {
    const servers = await Promise.all([pool.start(), pool.start()]);
    proxy.targets = servers.map(({ url }) => url);
    const { key } = await world.project();
    // Where there is a checksum, a flipped bit is one more request and nothing else.
    proxy.flips = 2;
    const cases = await runTuspy(python, { endpoint: `${proxy.url}/tus`, key });
    const problems = await Promise.all(cases.map((one) => problemOf(one, key, proxy.url)));
    cases.forEach(({ name }, index) => {
      say(
        problems[index] === undefined ? `✓ tuspy ${name}` : `× tuspy ${name}: ${problems[index]}`,
      );
    });
    const passed = problems.filter((problem) => problem === undefined).length;
    const both = proxy.served.size === 2 && proxy.flips === 0;
    if (!both) say('× the requests did not go to both processes, or no bit was flipped');
    return { passed, failed: CASES - passed + (both ? 0 : 1), skipped: 0 };
  } finally {
    await pool.close();
    await proxy.close();
    await world.close();
  }
}

/** What is wrong with it, asked of the API as any customer would. */
async function problemOf(one: TuspyCase, key: string, base: string): Promise<string | undefined> {
  if (one.error !== undefined) return one.error;
  if (one.url === undefined)
    return one.status === 400 ? undefined : `it was answered ${one.status}`;
  const id = new URL(one.url).pathname.split('/').at(-1);
  const response = await fetch(`${base}/api/files/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const file: { status: string; sha256: string } = await response.json();
  if (file.status !== 'ready') return `expected a file that is ready, found it ${file.status}`;
  return file.sha256 === one.sha256 ? undefined : `expected ${one.sha256}, found ${file.sha256}`;
}

const counts = await run();
say(`\n${closingLine(counts)}`);
process.exit(counts.failed === 0 ? 0 : 1);
