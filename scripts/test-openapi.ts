import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@repo/foundation/postgres';
import { readyFile } from '../packages/slipway/src/testing/ready-file.ts';
import { type ServedSlipway, serveTestSlipway } from '../packages/slipway/src/testing/serve.ts';
import { findSchemathesis, runSchemathesis, SCHEMATHESIS } from './judges/schemathesis.ts';
import { type Counts, closingLine } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    // The same every time, so that nobody's change fails by chance; others find more.
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    // Of each operation and phase: with a number the same cases come on any machine that is fast enough.
    examples: { type: 'string', default: '15' },
  },
});

/** The OpenAPI document and the API, compared by a program that nobody here wrote. */
async function run(): Promise<Counts> {
  const found = findSchemathesis(say);
  if ('reason' in found) {
    say(`Skipped: Schemathesis ${SCHEMATHESIS}, because ${found.reason}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const folder = await mkdtemp(join(tmpdir(), 'test-openapi-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'db'), durable: false });
  process.env['TEST_DATABASE_URL'] = postgres.url('postgres');
  const slipway = await serveTestSlipway({
    LOG_LEVEL: 'error',
    ENCRYPTION_KEYS: `k1:${createHash('sha256').update('judge').digest('hex')}`,
    ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
  });
  const target = await startTarget();
  try {
    return await judge({ slipway, target: target.url, folder, program: found.program });
  } finally {
    target.close();
    await slipway.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where files come from and callbacks would go. */
async function startTarget(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'text/plain');
    response.end('a file');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/file.txt`, close: () => void server.close() };
}

interface Bench {
  slipway: ServedSlipway;
  target: string;
  folder: string;
  program: string;
}

async function judge({ slipway, target, folder, program }: Bench): Promise<Counts> {
  const tenant = await slipway.tenant();
  const { id: projectId, key } = await slipway.project(tenant);
  for (const text of ['one', 'two', 'three']) {
    await readyFile(slipway, { tenant, projectId, bytes: Buffer.from(text) });
  }
  const authorized = { authorization: `Bearer ${key}` };
  const ask = (path: string) => fetch(`${slipway.url}/api${path}`, { headers: authorized });
  const [own] = ((await (await ask('/keys')).json()) as { data: { id: string }[] }).data;
  const url = `${slipway.url}/api/openapi.json`;
  const env = { JUDGE_KEY_ID: own?.id ?? '', JUDGE_TARGET: target };
  const always = ['--continue-on-failure', '--generation-database', 'none', '--seed', values.seed];
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const runs = [
    {
      name: 'with a key',
      args: [
        '--max-examples',
        values.examples,
        '--max-time',
        values.seconds,
        '-H',
        `Authorization: Bearer ${key}`,
      ],
    },
    { name: 'without a key', args: ['--phases', 'coverage', '--max-time', '20'] },
  ];
  for (const { name, args } of runs) {
    say(`\n== Schemathesis ${SCHEMATHESIS}, ${name}`);
    const report = join(folder, 'report.xml');
    const fine = await runSchemathesis({ program, url, args: [...args, ...always], env, report });
    const { cases, failures } = countsOf(await readFile(report, 'utf8').catch(() => ''));
    const failed = Math.max(failures, fine && cases > 0 ? 0 : 1);
    total.passed += Math.max(0, cases - failed);
    total.failed += failed;
  }
  const { status } = await ask('/project');
  if (status === 200) return total;
  say(`× the key that was used is answered ${status} afterwards: the run ended there`);
  return { ...total, failed: total.failed + 1 };
}

/** Of a report as JUnit has it: a case for each operation. */
function countsOf(xml: string): { cases: number; failures: number } {
  const cases = xml.split('<testcase ').slice(1);
  return {
    cases: cases.length,
    failures: cases.filter((one) => /<(failure|error)\b/.test(one)).length,
  };
}

const counts = await run();
say(`\n${closingLine(counts)}`);
process.exit(counts.failed === 0 ? 0 : 1);
