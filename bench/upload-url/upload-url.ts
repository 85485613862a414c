import { runScript, type ServerProcess, startPeer } from '../child-process.ts';
import { type CpuUse, othersOf, startCpuMeter } from '../machine/cpu-meter.ts';
import { memoryOf } from '../machine/proc.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, sum, table } from '../report.ts';
import type { Slipway, Stack } from '../stack.ts';
import type { InsertInput } from './insert-load.ts';
import type { LoadInput, LoadResult } from './load.ts';
import { addProjects, forgetFiles } from './projects.ts';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 5;
/** Never reached, but counted for each upload. */
const FAR_LIMITS = { maxFiles: 1e9, maxTotalSize: 1e15 };
const BODY = { name: 'kitchen.jpg', size: 482_113, type: 'image/jpeg' };

interface Run extends LoadResult {
  readonly use: CpuUse;
}

interface Subject {
  readonly name: string;
  readonly server?: ServerProcess;
  /** Before each run; not measured. */
  readonly prepare?: () => Promise<void>;
  load(seconds: number): Promise<LoadResult>;
}

/** `POST /api/upload-url`, beside the framework with nothing to do and the database with nothing before it. */
export async function benchUploadUrl(stack: Stack, options: Options): Promise<Report> {
  const slipway = await stack.startSlipway();
  try {
    const answer = await requestOnce(stack, slipway);
    const ceiling = await startPeer(
      new URL('./ceiling-server.ts', import.meta.url),
      { answer },
      stack.signal,
    );
    try {
      const subjects = await describeSubjects(stack, slipway, ceiling);
      const runs = await measureInTurn(stack, subjects, options);
      return report(subjects, runs, options);
    } finally {
      await ceiling.stop();
    }
  } finally {
    await slipway.stop();
  }
}

async function requestOnce({ apiKey }: Stack, { url }: Slipway): Promise<unknown> {
  const response = await fetch(`${url}/api/upload-url`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(BODY),
  });
  if (response.status !== 201) throw new Error(`Slipway answered ${await response.text()}`);
  return response.json();
}

async function describeSubjects(
  stack: Stack,
  slipway: Slipway,
  ceiling: ServerProcess & { url: string },
): Promise<[ours: Subject, ...peers: Subject[]]> {
  const { apiKey, projectId, databaseUrl, signal } = stack;
  const common = { body: BODY, connections: CONNECTIONS };
  const http = (url: string, apiKeys: readonly string[]) => (seconds: number) => {
    const input: LoadInput = { ...common, apiKeys, url: `${url}/api/upload-url`, seconds };
    return runScript<LoadResult>(new URL('./load.ts', import.meta.url), input, signal);
  };
  const insert = (seconds: number) => {
    const input: InsertInput = { ...common, databaseUrl, projectId, seconds };
    return runScript<LoadResult>(new URL('./insert-load.ts', import.meta.url), input, signal);
  };
  const wish = { databaseUrl, like: projectId };
  const many = await addProjects({ ...wish, count: CONNECTIONS });
  const limited = await addProjects({ ...wish, count: 1, rules: FAR_LIMITS });
  const ours = (apiKeys: readonly string[]) => ({
    server: slipway,
    load: http(slipway.url, apiKeys),
  });
  return [
    { name: 'Slipway, POST /api/upload-url', ...ours([apiKey]) },
    { name: '… a project for each connection', ...ours(many.map((one) => one.apiKey)) },
    {
      name: '… of a project with limits',
      ...ours(limited.map((one) => one.apiKey)),
      prepare: async () => {
        for (const one of limited) await forgetFiles(databaseUrl, one);
      },
    },
    { name: 'Hono, same answer, no work', server: ceiling, load: http(ceiling.url, [apiKey]) },
    { name: 'Postgres, same insert, no HTTP', load: insert },
  ];
}

/** In turn, so that whatever else the machine does falls on all of them alike. */
async function measureInTurn(
  stack: Stack,
  subjects: readonly Subject[],
  options: Options,
): Promise<Map<Subject, Run[]>> {
  const runs = new Map<Subject, Run[]>(subjects.map((subject) => [subject, []]));
  for (const { name, prepare, load } of subjects) {
    console.log(`${name}: warming up`);
    await prepare?.();
    await load(Math.min(WARM_UP_SECONDS, options.seconds));
  }
  for (let turn = 1; turn <= options.runs; turn++) {
    for (const subject of subjects) {
      await subject.prepare?.();
      const meter = startCpuMeter({ server: subject.server?.pid, postgres: stack.postmaster });
      const result = await subject.load(options.seconds);
      runs.get(subject)?.push({ ...result, use: meter() });
      console.log(
        `${subject.name}: run ${turn}, ${Math.round(result.perSecond)}/s, p99 ${wholeMs(result.p99)} ms`,
      );
    }
  }
  return runs;
}

const HEAD = ['', '/s', 'p50 ms', 'p99 ms', 'errors', 'ours/this'];
const CPU_HEAD = ['CPU s: server', 'Postgres', 'load tool', 'others', 'peak RSS MiB'];

function report(
  subjects: readonly [Subject, ...Subject[]],
  runs: ReadonlyMap<Subject, readonly Run[]>,
  { runs: count, seconds }: Options,
): Report {
  const middle = (subject: Subject) => middleRun(runs.get(subject) ?? [], (run) => run.perSecond);
  const errorsOf = (subject: Subject) => sum((runs.get(subject) ?? []).map((run) => run.errors));
  const ours = middle(subjects[0]);
  const rows = subjects.map((subject) => {
    const run = middle(subject);
    const ratio = run === ours ? undefined : ours.perSecond / run.perSecond;
    return [
      ...[
        subject.name,
        Math.round(run.perSecond),
        wholeMs(run.p50),
        wholeMs(run.p99),
        errorsOf(subject),
        ratio,
      ],
      ...[run.use.server, run.use.postgres, run.cpu, othersOf(run.use, run.cpu)],
      subject.server && memoryOf(subject.server.pid)?.peak,
    ];
  });
  const text = [
    `POST /api/upload-url: ${CONNECTIONS} connections, middle of ${count} runs of ${seconds} s, role api, Postgres durable`,
    '',
    table([...HEAD, ...CPU_HEAD], rows),
    '',
    `One request costs ${costOf(ours)} of CPU.`,
  ].join('\n');
  const problems = subjects
    .filter((subject) => errorsOf(subject) > 0)
    .map((subject) => `${subject.name}: ${errorsOf(subject)} requests were not answered with 201`);
  return { text, problems };
}

/** The load tool counts whole milliseconds. */
function wholeMs(figure: number): string {
  return figure < 1 ? '<1' : String(Math.round(figure));
}

function costOf({ use, cpu, count }: Run): string {
  const micro = (seconds: number | undefined) =>
    seconds === undefined ? '– µs' : `${Math.round((seconds / count) * 1e6)} µs`;
  return `${micro(use.server)} in the server, ${micro(use.postgres)} in Postgres and ${micro(cpu)} in the load tool`;
}
