import { runScript } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Slipway, Stack } from '../stack.ts';
import type { AskInput, AskResult } from './ask.ts';
import { fillProject } from './fill.ts';

const FILES = 1_000_000;
const CONNECTIONS = 2;
const PAGE = 50;

interface Question {
  readonly name: string;
  readonly query: string;
  readonly expected: number;
}

const QUESTIONS: readonly Question[] = [
  { name: 'newest first', query: '', expected: PAGE },
  { name: 'a page far down', query: 'to={middle}', expected: PAGE },
  { name: 'status that many have', query: 'status=ready', expected: PAGE },
  { name: 'status that few have', query: 'status=rejected', expected: PAGE },
  { name: 'status that none has', query: 'status=failed', expected: 0 },
  { name: 'common type', query: 'type=image/jpeg', expected: PAGE },
  { name: 'rare kind of type', query: 'type=video/*', expected: 50 },
  { name: 'search: a word in a fifth of the names', query: 'q=garden', expected: PAGE },
  { name: 'search: one name', query: 'q=kitchen%20c4ca4238', expected: 0 },
  { name: 'search: nothing', query: 'q=zebra%20crossing', expected: 0 },
  { name: 'search: two letters', query: 'q=zz', expected: 0 },
  { name: 'search: a custom id', query: 'q=listing-500000', expected: 1 },
  { name: 'search among a rare type', query: 'type=application/pdf&q=kitchen', expected: PAGE },
];

/** Lists, filters and searches of a project with a million files. */
export async function benchFiles(stack: Stack, options: Options): Promise<Report> {
  const { databaseUrl, projectId } = stack;
  console.log(`Writing ${FILES.toLocaleString('en')} files …`);
  await fillProject(databaseUrl, { projectId, files: FILES });
  const slipway = await stack.startSlipway();
  try {
    const rows: (string | number)[][] = [];
    const problems: string[] = [];
    for (const question of QUESTIONS) {
      const runs: AskResult[] = [];
      for (let turn = 1; turn <= options.runs; turn++)
        runs.push(await ask(stack, slipway, { question, seconds: options.seconds }));
      const errors = runs.reduce((sum, run) => sum + run.errors, 0);
      if (errors > 0) problems.push(`"${question.name}" was answered wrong ${errors} times`);
      const { count, p50, p99 } = middleRun(runs, (run) => -run.p99);
      rows.push([question.name, count, p50, p99]);
      console.log(`${question.name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
    const text = [
      `GET /api/files of a project with ${FILES.toLocaleString('en')} files, ${CONNECTIONS} connections; middle of ${options.runs} runs of ${options.seconds} s`,
      '',
      table(['', 'answers', 'p50 ms', 'p99 ms'], rows),
    ].join('\n');
    return { text, problems };
  } finally {
    await slipway.stop();
  }
}

function ask(
  { apiKey, signal }: Stack,
  { url }: Slipway,
  { question, seconds }: { question: Question; seconds: number },
): Promise<AskResult> {
  // Half a million seconds ago lies the middle of the files.
  const middle = new Date(Date.now() - (FILES / 2) * 1000).toISOString();
  const query = question.query.replace('{middle}', encodeURIComponent(middle));
  const input: AskInput = {
    url,
    apiKey,
    path: `/api/files?limit=${PAGE}&${query}`,
    connections: CONNECTIONS,
    seconds,
    expected: question.expected,
  };
  return runScript<AskResult>(new URL('./ask.ts', import.meta.url), input, signal);
}
