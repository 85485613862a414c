import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import type { RenderInput, RenderResult } from './render-load.ts';
import { uploadPhoto } from './upload-photo.ts';

type Case = Pick<RenderInput, 'format' | 'parallel'>;
type Maker = RenderInput['by'];

const NAMES: Readonly<Record<Maker, string>> = {
  slipway: 'Slipway, in a process of its own',
  sharp: 'sharp, called directly',
  http: 'GET /f/…, never asked before',
};

const EXPECTED = '320 × 213';

/** A photo of 24 megapixels becomes one of 320 pixels: in our decoder processes, beside sharp itself. */
export async function benchImage(stack: Stack, options: Options): Promise<Report> {
  const picture = join(stack.folder, 'photo.jpg');
  await runScript(new URL('./make-picture.ts', import.meta.url), { path: picture }, stack.signal);
  const slipway = await stack.startSlipway();
  try {
    const fileId = await uploadPhoto({ ...slipway, apiKey: stack.apiKey }, await readFile(picture));
    const { signal, folder, apiKey } = stack;
    const run = (one: Case, by: Maker) => {
      const server = { url: slipway.url, apiKey, fileId };
      const input: RenderInput = { ...one, by, picture, folder, seconds: options.seconds, server };
      return runScript<RenderResult>(new URL('./render-load.ts', import.meta.url), input, signal);
    };
    return await measure(run, options);
  } finally {
    await slipway.stop();
  }
}

async function measure(
  run: (one: Case, by: Maker) => Promise<RenderResult>,
  options: Options,
): Promise<Report> {
  const cases: Case[] = [
    { format: 'jpeg', parallel: 1 },
    { format: 'webp', parallel: 1 },
    { format: 'jpeg', parallel: availableParallelism() },
  ];
  const rows: (string | number | undefined)[][] = [];
  const problems: string[] = [];
  for (const one of cases) {
    const runs: Record<Maker, RenderResult[]> = { slipway: [], sharp: [], http: [] };
    for (let turn = 1; turn <= options.runs; turn++) {
      for (const by of ['slipway', 'sharp', 'http'] as const) {
        const result = await run(one, by);
        runs[by].push(result);
        if (result.size !== EXPECTED) problems.push(`${by} made a picture of ${result.size}`);
        console.log(`${nameOf(by, one)}: run ${turn}, ${result.perSecond.toFixed(1)}/s`);
      }
    }
    rows.push(...rowsOf(one, runs));
  }
  const text = [
    `A JPEG of 24 megapixels becomes one of 320 pixels, file to file; middle of ${options.runs} runs of ${options.seconds} s`,
    '',
    table(['', 'pictures/s', 'p50 ms', 'p99 ms', 'of sharp alone'], rows),
  ].join('\n');
  return { text, problems };
}

const nameOf = (by: Maker, { format, parallel }: Case) =>
  `${NAMES[by]}: ${format}, ${parallel} at once`;

function rowsOf(one: Case, runs: Readonly<Record<Maker, readonly RenderResult[]>>) {
  const middle = (by: Maker) => middleRun(runs[by], (run) => run.perSecond);
  const alone = middle('sharp').perSecond;
  return (['sharp', 'slipway', 'http'] as const).map((by) => {
    const { perSecond, p50, p99 } = middle(by);
    return [nameOf(by, one), perSecond, p50, p99, by === 'sharp' ? undefined : perSecond / alone];
  });
}
