import { findChromium } from './stack/find-chromium.ts';
import { findClamd } from './stack/find-clamd.ts';
import { requireJq } from './stack/find-jq.ts';
import { Refusal } from './stack/refusal.ts';
import { DEAD_CODE, LINT, runStep, TYPES } from './stack/steps.ts';
import { type Counts, closingLine, countsOf, failuresOf, suite } from './stack/suites.ts';

async function run(): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  requireJq(say);
  const env = { CHROMIUM_PATH: findChromium(say), CLAMD_PATH: findClamd(say) };
  const suites = [
    suite('unit, house and database tests', ['unit', 'house', 'db'], env),
    suite('acceptance and browser tests', ['acceptance', 'e2e'], env),
    suite('short runs with faults', ['faults'], env),
  ];
  // Types, lint and dead code count as one test each. The types take as long as the two others.
  const gates = await Promise.all([TYPES, LINT, DEAD_CODE].map(runStep));
  const results = [...gates];
  for (const step of suites) results.push(await runStep(step));

  const total: Counts = {
    passed: gates.filter((gate) => gate.ok).length,
    failed: gates.filter((gate) => !gate.ok).length,
    skipped: 0,
  };
  for (const counts of suites.map(countsOf)) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  const failed = results.filter((result) => !result.ok).map((result) => result.name);
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`);
  for (const failure of suites.flatMap(failuresOf)) say(`✗ ${failure}`);
  process.stdout.write(`\n${closingLine(total)}\n`);
  return failed.length === 0 && total.failed === 0 ? 0 : 1;
}

let code = 1;
try {
  code = await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
}
process.exit(code);
