// Makes small pictures of a large one for some time: in decoder processes as Slipway does, or with
// sharp in this very process and the same options.
import { join } from 'node:path';
import { createImageProcessor } from '@repo/slipway/image';
import sharp from 'sharp';
import { scriptInput, scriptResult } from '../child-process.ts';

export interface RenderInput {
  readonly by: 'slipway' | 'sharp';
  readonly picture: string;
  readonly folder: string;
  readonly format: 'jpeg' | 'webp';
  /** At once. */
  readonly parallel: number;
  readonly seconds: number;
}

export interface RenderResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the last picture, so that both can be seen to do the same. */
  readonly size: string;
}

const SIDE = 320;
const QUALITY = 80;

const input = scriptInput<RenderInput>();
sharp.cache(false);
sharp.concurrency(1);

const processor = createImageProcessor({
  maxPixels: 1e8,
  maxSeconds: 60,
  maxMemoryMb: 1024,
  processes: input.parallel,
});

async function bySlipway(output: string): Promise<string> {
  const { width, height } = await processor.render({
    input: input.picture,
    output,
    width: SIDE,
    height: SIDE,
    fit: 'inside',
    format: input.format,
    quality: QUALITY,
  });
  return `${width} × ${height}`;
}

async function bySharp(output: string): Promise<string> {
  const { width, height } = await sharp(input.picture, { failOn: 'error', pages: 1 })
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .toFormat(input.format, { quality: QUALITY })
    .toFile(output);
  return `${width} × ${height}`;
}

const render = input.by === 'slipway' ? bySlipway : bySharp;
const times: number[] = [];
let size = '';

async function work(lane: number, until: number): Promise<void> {
  const output = join(input.folder, `small-${lane}.${input.format}`);
  while (performance.now() < until) {
    const began = performance.now();
    size = await render(output);
    times.push(performance.now() - began);
  }
}

const lanes = Array.from({ length: input.parallel }, (_, lane) => lane);
// Outside the clock: processes start, the picture comes into the system's memory.
await Promise.all(lanes.map((lane) => work(lane, performance.now() + 1)));
times.length = 0;
const began = performance.now();
await Promise.all(lanes.map((lane) => work(lane, began + input.seconds * 1000)));
const seconds = (performance.now() - began) / 1000;
processor.close();
times.sort((one, other) => one - other);
scriptResult({
  perSecond: times.length / seconds,
  p50: times[Math.floor(times.length / 2)] ?? 0,
  p99: times[Math.floor(times.length * 0.99)] ?? 0,
  size,
} satisfies RenderResult);
