import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

/** The names of the tests that failed, each with its file and the first line of its reason. */
export function failuresOf({ name, report }: Suite): string[] {
  try {
    const json: Report = JSON.parse(readFileSync(report, 'utf8'));
    return json.testResults.flatMap((file) => {
      const failed = file.assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0 && file.status === 'failed') return [line(file.name, file.message)];
      return failed.map((test) => line(`${file.name} > ${test.fullName}`, test.failureMessages[0]));
    });
  } catch {
    return [`${name}: no report was written`];
  }
}

interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

function line(test: string, reason = ''): string {
  const first = stripVTControlCharacters(reason).split('\n', 1)[0];
  return `${test.replace(`${root}${sep}`, '')}: ${first}`;
}

/** The closing line: CI reads it. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
