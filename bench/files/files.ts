import { runScript } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Slipway, Stack } from '../stack.ts';
import type { AskInput, AskResult } from './ask.ts';
import { fillProject } from './fill.ts';
import { questionsOf } from './questions.ts';

const FILES = 1_000_000;
const CONNECTIONS = 2;
/** Of each question: there are many. */
const MOST_SECONDS = 2;
const TARGET_MS = 200;

/** What the dashboard asks of a project with a million files: lists, filters, searches, downloads, numbers. */
export async function benchFiles(stack: Stack, options: Options): Promise<Report> {
  const { databaseUrl, demo } = stack;
  console.log(`Writing ${FILES.toLocaleString('en')} files …`);
  const middle = await fillProject(databaseUrl, { projectId: demo.projectId, files: FILES });
  const slipway = await stack.startSlipway();
  try {
    const seconds = Math.min(options.seconds, MOST_SECONDS);
    const headers = {
      authorization: `Bearer ${demo.apiKey}`,
      cookie: await signIn(slipway, demo),
    };
    const rows: (string | number)[][] = [];
    const problems: string[] = [];
    const slow: string[] = [];
    for (const question of questionsOf(demo.projectId, middle)) {
      const runs: AskResult[] = [];
      for (let turn = 1; turn <= options.runs; turn++) {
        const connections = CONNECTIONS;
        const input: AskInput = { url: slipway.url, headers, question, connections, seconds };
        runs.push(await runScript(new URL('./ask.ts', import.meta.url), input, stack.signal));
      }
      const errors = runs.reduce((sum, run) => sum + run.errors, 0);
      if (errors > 0) problems.push(`"${question.name}" was answered wrong ${errors} times`);
      const { count, p50, p95, max } = middleRun(runs, (run) => run.p95);
      rows.push([question.name, count, p50, p95, max]);
      if (p95 >= TARGET_MS) slow.push(question.name);
      console.log(`${question.name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    }
    return { text: report(rows, slow, { ...options, seconds }), problems };
  } finally {
    await slipway.stop();
  }
}

function report(
  rows: readonly (readonly (string | number)[])[],
  slow: readonly string[],
  { runs, seconds }: Pick<Options, 'runs' | 'seconds'>,
): string {
  return [
    `The dashboard's procedures over HTTP, of a project with ${FILES.toLocaleString('en')} files, ${CONNECTIONS} connections; middle of ${runs} runs of ${seconds} s`,
    '',
    table(['', 'answers', 'p50 ms', 'p95 ms', 'longest ms'], rows),
    '',
    slow.length === 0
      ? `All ${rows.length} have a p95 below ${TARGET_MS} ms.`
      : `${slow.length} of ${rows.length} have a p95 of ${TARGET_MS} ms or more: ${slow.join('; ')}.`,
  ].join('\n');
}

/** The cookies of a member's session. */
async function signIn({ url }: Slipway, { email, password }: Stack['demo']): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
