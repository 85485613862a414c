import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@repo/foundation/postgres';
import { photoestateApi } from './judges/openapi-photoestate.ts';
import { serveSlipway, slipwayApi } from './judges/openapi-slipway.ts';
import {
  type DescribedApi,
  findSchemathesis,
  runSchemathesis,
  SCHEMATHESIS,
} from './judges/schemathesis.ts';
import { type Counts, closingLine } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    // The same every time, so that nobody's change fails by chance; others find more.
    seed: { type: 'string', default: '1' },
    // Left out: what is said below.
    seconds: { type: 'string' },
    examples: { type: 'string' },
    // slipway or photoestate; left out: both.
    only: { type: 'string' },
  },
});

/** How long, and how many cases of each operation and phase: so the same cases come on any machine that is fast enough. */
const PRODUCTS = [
  { name: 'slipway', open: slipwayApi, seconds: '35', examples: '15', keyless: '15' },
  { name: 'photoestate', open: photoestateApi, seconds: '15', examples: '3', keyless: '10' },
] as const;

/** The OpenAPI documents and the APIs, compared by a program that nobody here wrote. */
async function run(): Promise<Counts> {
  const found = findSchemathesis(say);
  if ('reason' in found) {
    say(`Skipped: Schemathesis ${SCHEMATHESIS}, because ${found.reason}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const folder = await mkdtemp(join(tmpdir(), 'test-openapi-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'db'), durable: false });
  process.env['TEST_DATABASE_URL'] = postgres.url('postgres');
  const slipway = await serveSlipway();
  const target = await startTarget();
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const { name, open, ...limits } of PRODUCTS) {
      if (values.only !== undefined && values.only !== name) continue;
      const api = await open(slipway);
      const bench = { api, target: target.url, folder, program: found.program };
      const counts = await judge(bench, {
        seconds: values.seconds ?? limits.seconds,
        examples: values.examples ?? limits.examples,
        keyless: limits.keyless,
      });
      await api.close();
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
    return total;
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
  api: DescribedApi;
  target: string;
  folder: string;
  program: string;
}

async function judge(
  { api, target, folder, program }: Bench,
  { seconds, examples, keyless }: { seconds: string; examples: string; keyless: string },
): Promise<Counts> {
  const { name: product, url, key } = api;
  const env = { ...api.env, JUDGE_TARGET: target };
  const always = ['--continue-on-failure', '--generation-database', 'none', '--seed', values.seed];
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const limits = ['--max-examples', examples, '--max-time', seconds];
  const runs = [
    { name: 'with a key', args: [...limits, '-H', `Authorization: Bearer ${key}`] },
    { name: 'without a key', args: ['--phases', 'coverage', '--max-time', keyless] },
  ];
  for (const { name, args } of runs) {
    say(`\n== Schemathesis ${SCHEMATHESIS}, ${product}, ${name}`);
    const report = join(folder, 'report.xml');
    const fine = await runSchemathesis({ program, url, args: [...args, ...always], env, report });
    const { cases, failures } = countsOf(await readFile(report, 'utf8').catch(() => ''));
    const failed = Math.max(failures, fine && cases > 0 ? 0 : 1);
    total.passed += Math.max(0, cases - failed);
    total.failed += failed;
  }
  if (await api.stillServes()) return total;
  say(`× ${product} does not answer as it did: the run ended there`);
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
