import { runScript } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import type { UploadInput, UploadResult } from './upload.ts';

const CONNECTIONS = 8;
const SIZES = [
  { name: '10 KB', size: 10_240 },
  { name: '1 MB', size: 1_048_576 },
];

/** From `POST /api/upload-complete` until the event is there for others to deliver. */
export async function benchComplete(stack: Stack, options: Options): Promise<Report> {
  const slipway = await stack.startSlipway();
  try {
    const rows: (string | number)[][] = [];
    const problems: string[] = [];
    for (const { name, size } of SIZES) {
      const runs: UploadResult[] = [];
      for (let turn = 1; turn <= options.runs; turn++) {
        const { apiKey, databaseUrl } = stack;
        const { seconds } = options;
        const input: UploadInput = {
          ...{ url: slipway.url, apiKey, databaseUrl, seconds, size },
          connections: CONNECTIONS,
        };
        const script = new URL('./upload.ts', import.meta.url);
        runs.push(await runScript<UploadResult>(script, input, stack.signal));
      }
      const errors = runs.reduce((sum, run) => sum + run.errors, 0);
      if (errors > 0) problems.push(`${errors} uploads of ${name} were not ready with their event`);
      const { perSecond, p50, p99 } = middleRun(runs, (run) => -run.p99);
      rows.push([name, perSecond, p50, p99]);
      console.log(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
    const text = [
      `complete → event ready to deliver, ${CONNECTIONS} clients that announce, PUT and complete; middle of ${options.runs} runs of ${options.seconds} s`,
      '',
      table(['file of', 'uploads/s', 'p50 ms', 'p99 ms'], rows),
    ].join('\n');
    return { text, problems };
  } finally {
    await slipway.stop();
  }
}
