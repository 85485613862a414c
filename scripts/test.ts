import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './stack/find-chromium.ts';
import { Refusal } from './stack/refusal.ts';
import { DEAD_CODE, LINT, runStep, type Step, type StepResult, TYPES } from './stack/steps.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const folder = mkdtempSync(join(tmpdir(), 'test-run-'));

/** Vitest on some projects, with its counts kept in a file. */
function tests(
  name: string,
  projects: string[],
  env: Record<string, string> = {},
): Step & { report: string } {
  const report = join(folder, `${projects.join('-')}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  return {
    name,
    report,
    env,
    live: true,
    command: [
      'vitest',
      'run',
      ...chosen,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
  };
}

function countsOf(report: string): Counts {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: json.numPassedTests,
      // A file that could not even be loaded has no tests, and has failed all the same.
      failed: Math.max(json.numFailedTests, json.success ? 0 : 1),
      skipped: json.numPendingTests + json.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function run(): Promise<number> {
  const chromium = findChromium((line) => process.stdout.write(`${line}\n`));
  const suites = [
    tests('unit, house and database tests', ['unit', 'house', 'db']),
    tests('acceptance and browser tests', ['acceptance', 'e2e'], { CHROMIUM_PATH: chromium }),
  ];
  const results: StepResult[] = [];
  for (const step of [TYPES, LINT, DEAD_CODE, ...suites]) results.push(await runStep(step));

  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { report } of suites) {
    const counts = countsOf(report);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  const failed = results.filter((result) => !result.ok).map((result) => result.name);
  if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
  // Types, lint and dead code count as one test each.
  const gates = results.slice(0, 3);
  total.passed += gates.filter((gate) => gate.ok).length;
  total.failed += gates.filter((gate) => !gate.ok).length;
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  );
  return failed.length === 0 && total.failed === 0 ? 0 : 1;
}

let code = 1;
try {
  code = await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
