import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';
import type { Step } from './steps.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Suite extends Step {
  readonly report: string;
}

/** Vitest on some projects, with its counts kept in a file. */
export function suite(
  name: string,
  projects: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Suite {
  const folder = join(root, 'node_modules', '.cache', 'test-reports');
  const report = join(folder, `${projects.join('-')}.json`);
  mkdirSync(folder, { recursive: true });
  // One left from before must not speak for a run that never got so far.
  rmSync(report, { force: true });
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, report, env, live: true, command: ['vitest', 'run', ...chosen, ...reporters] };
}

export function countsOf({ report }: Suite): Counts {
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

/** The closing line: CI reads it. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
