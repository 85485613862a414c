import { buildServer } from '../bench/stack.ts';
import { chaos } from '../tests/faults/chaos.ts';
import { cuts } from '../tests/faults/cuts.ts';
import { flips } from '../tests/faults/flips.ts';
import { createRandom, seedOfRun } from '../tests/faults/random.ts';
import { rivals } from '../tests/faults/rivals/rivals.ts';
import { workerKills } from '../tests/faults/worker-kills.ts';
import type { RunningJudge } from './judges/judge.ts';
import { versitygw } from './judges/versitygw.ts';
import { Refusal } from './stack/refusal.ts';
import { closingLine } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Run {
  /** What must be none. */
  readonly wanted: readonly string[];
  readonly start: (seed: number) => Promise<object>;
}

const ALWAYS = ['wrong', 'lost', 'events', 'leftovers'];

/** Long runs of what `npm test` does briefly; all of them, or those that are named. */
const RUNS: Readonly<Record<string, Run>> = {
  chaos: {
    wanted: [...ALWAYS, 'crashes', 'stepsNotReached'],
    start: (seed) =>
      chaos({
        ...{ seed, uploads: { single: 1000, multipart: 150, tus: 850 } },
        ...{ atOnce: 60, killEvery: 900, patience: 180_000, say },
      }),
  },
  'chaos-s3': {
    wanted: [...ALWAYS, 'crashes'],
    start: (seed) =>
      onS3((judge) =>
        chaos({
          ...{ seed, judge, uploads: { single: 150, multipart: 30, tus: 120 } },
          ...{ atOnce: 40, killEvery: 1200, patience: 180_000, say },
        }),
      ),
  },
  flips: {
    wanted: [...ALWAYS, 'notRecovered', 'sentTooMuch'],
    start: (seed) => flips({ seed, uploads: { single: 100, multipart: 100, tus: 100 }, say }),
  },
  'flips-s3': {
    wanted: [...ALWAYS, 'notRecovered', 'sentTooMuch'],
    start: (seed) =>
      onS3((judge) => flips({ seed, judge, uploads: { single: 50, multipart: 50, tus: 50 }, say })),
  },
  cuts: {
    wanted: [...ALWAYS, 'notRecovered', 'sentTooMuch', 'missed'],
    start: (seed) =>
      cuts({ seed, cuts: 200, lanes: 6, restarts: ['nothing', 'browser', 'server'], say }),
  },
  'worker-kills': {
    wanted: ['wrong', 'ledger', 'crashes'],
    start: (seed) =>
      workerKills({
        ...{ seed, scenes: 100, workers: 3, killEvery: 2_000, mostKills: 150 },
        ...{ patience: 1_200_000, say },
      }),
  },
  // What others accept is shown beside, and judged by nobody.
  rivals: {
    wanted: [],
    start: (seed) => rivals({ random: createRandom(seed), uploads: 100, say }),
  },
};

/** The same to a bucket: there the bytes go by the URLs of the S3 server. */
async function onS3(work: (judge: RunningJudge) => Promise<object>): Promise<object> {
  const prepared = await versitygw.prepare(say);
  if ('reason' in prepared) return { skipped: `no versitygw, because ${prepared.reason}` };
  const judge = await prepared.start();
  try {
    return await work(judge);
  } finally {
    await judge.stop();
  }
}

async function run(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => RUNS[name] === undefined);
  if (unknown !== undefined) {
    throw new Refusal(`There is no run "${unknown}"; expected ${Object.keys(RUNS).join(', ')}.`);
  }
  const seed = seedOfRun();
  await buildServer(AbortSignal.timeout(300_000));
  await buildServer(AbortSignal.timeout(300_000), 'photoestate');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, { wanted, start }] of Object.entries(RUNS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const began = performance.now();
    say(`\n== ${name}`);
    const report = new Map<string, unknown>(Object.entries(await start(seed)));
    for (const [key, value] of report) show(key, value);
    say(`${Math.round((performance.now() - began) / 1000)} s`);
    if (report.has('skipped')) counts.skipped++;
    else for (const key of wanted) counts[isNone(report.get(key)) ? 'passed' : 'failed']++;
  }
  say(`\n${closingLine(counts)}`);
  return counts.failed === 0 ? 0 : 1;
}

const isNone = (value: unknown): boolean => (Array.isArray(value) ? value.length : value) === 0;
const SHOWN = 10;

function show(key: string, value: unknown): void {
  if (!Array.isArray(value)) {
    say(`${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
    return;
  }
  say(`${key}: ${value.length}`);
  for (const line of value.slice(0, SHOWN)) say(`    ${String(line).slice(-1500)}`);
  if (value.length > SHOWN) say(`    … and ${value.length - SHOWN} more`);
}

let code = 1;
try {
  code = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
}
process.exit(code);
