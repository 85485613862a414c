import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import type { RenderInput, RenderResult } from './render-load.ts';

type Case = Pick<RenderInput, 'format' | 'parallel'>;
type Maker = RenderInput['by'];

const EXPECTED = '320 × 213';

/** A photo of 24 megapixels becomes one of 320 pixels: in our decoder processes, beside sharp itself. */
export async function benchImage(stack: Stack, options: Options): Promise<Report> {
  const picture = join(stack.folder, 'photo.jpg');
  await runScript(new URL('./make-picture.ts', import.meta.url), { path: picture }, stack.signal);
  const cores = availableParallelism();
  const cases: Case[] = [
    { format: 'jpeg', parallel: 1 },
    { format: 'webp', parallel: 1 },
    { format: 'jpeg', parallel: cores },
  ];
  const rows: (string | number | undefined)[][] = [];
  const problems: string[] = [];
  for (const one of cases) {
    const runs: Record<Maker, RenderResult[]> = { slipway: [], sharp: [] };
    for (let turn = 1; turn <= options.runs; turn++) {
      for (const by of ['slipway', 'sharp'] as const) {
        const input = { ...one, by, picture, folder: stack.folder, seconds: options.seconds };
        const result = await renderFor(stack, input);
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
    table(['', 'pictures/s', 'p50 ms', 'p99 ms', 'ours/this'], rows),
  ].join('\n');
  return { text, problems };
}

function renderFor({ signal }: Stack, input: RenderInput): Promise<RenderResult> {
  return runScript<RenderResult>(new URL('./render-load.ts', import.meta.url), input, signal);
}

function nameOf(by: Maker, { format, parallel }: Case): string {
  const who = by === 'slipway' ? 'Slipway, in a process of its own' : 'sharp, called directly';
  return `${who}: ${format}, ${parallel} at once`;
}

function rowsOf(one: Case, runs: Readonly<Record<Maker, readonly RenderResult[]>>) {
  const middle = (by: Maker) => middleRun(runs[by], (run) => run.perSecond);
  const [ours, direct] = [middle('slipway'), middle('sharp')];
  const figures = ({ perSecond, p50, p99 }: RenderResult) => [perSecond, p50, p99];
  return [
    [nameOf('slipway', one), ...figures(ours), undefined],
    [nameOf('sharp', one), ...figures(direct), ours.perSecond / direct.perSecond],
  ];
}
