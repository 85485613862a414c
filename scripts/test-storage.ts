import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTHERS, USUAL } from './judges/all.ts';
import type { Judge, RunningJudge } from './judges/judge.ts';
import { type ServerRow, tableOf } from './judges/table.ts';
import { Refusal, reasonOf } from './stack/refusal.ts';
import { runStep } from './stack/steps.ts';
import { type Counts, closingLine, countsOf, suite } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const began = performance.now();

/**
 * The storage contract against S3 servers that nobody here wrote, one after the other:
 * the usual ones, those that are named (`npm run test:storage -- rclone minio`), or the caller's own
 * (S3_TEST_ENDPOINT …). What each can do is printed at the end.
 */
async function run(): Promise<Counts> {
  const rows: ServerRow[] = [];
  if (process.env['S3_TEST_ENDPOINT']) rows.push(await test('S3_TEST_ENDPOINT', {}));
  else for (const judge of chosen(process.argv.slice(2))) rows.push(await ask(judge));
  say(`\n${tableOf(rows)}`);
  for (const { name, skipped } of rows) if (skipped) say(`Skipped: ${name}, because ${skipped}.`);
  say(`All in ${Math.round((performance.now() - began) / 1000)} s.`);
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of rows) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

function chosen(names: readonly string[]): readonly Judge[] {
  if (names.length === 0) return USUAL;
  const all = [...USUAL, ...OTHERS];
  return names.map((name) => {
    const judge = all.find((one) => one.name === name);
    if (judge) return judge;
    const known = all.map((one) => one.name).join(', ');
    throw new Refusal(`There is no S3 server "${name}" here; expected some of ${known}.`);
  });
}

async function ask(judge: Judge): Promise<ServerRow> {
  const name = `${judge.name} ${judge.version}`;
  let running: RunningJudge;
  try {
    const prepared = await judge.prepare(say);
    if ('reason' in prepared) return skippedRow(name, prepared.reason);
    running = await prepared.start();
  } catch (error) {
    return skippedRow(name, `it did not start: ${reasonOf(error)}`);
  }
  try {
    return await test(name, {
      S3_TEST_ENDPOINT: running.endpoint,
      S3_TEST_ACCESS_KEY: running.accessKey,
      S3_TEST_SECRET_KEY: running.secretKey,
      S3_TEST_BUCKET: running.bucket,
    });
  } finally {
    await running.stop();
  }
}

function skippedRow(name: string, reason: string): ServerRow {
  return { name, abilities: {}, counts: { passed: 0, failed: 0, skipped: 1 }, skipped: reason };
}

async function test(name: string, access: Record<string, string>): Promise<ServerRow> {
  const folder = mkdtempSync(join(tmpdir(), 'abilities-'));
  const file = join(folder, 'abilities.json');
  try {
    const env = { ...access, S3_TEST_NAME: name, S3_TEST_ABILITIES: file };
    const contract = suite(`storage contract on ${name}`, ['storage'], env);
    await runStep(contract);
    return { name, abilities: readAbilities(file), counts: countsOf(contract) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the suite wrote down of the server, if it came that far. */
function readAbilities(file: string): ServerRow['abilities'] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

let code = 1;
try {
  const counts = await run();
  say(`\n${closingLine(counts)}`);
  code = counts.failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
}
process.exit(code);
