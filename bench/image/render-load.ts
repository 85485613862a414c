// Makes small pictures of a large one for some time: in decoder processes as Slipway does, with sharp
// in this very process and the same options, or by asking a server for sizes that it never made.
import { join } from 'node:path';
import { createImageProcessor } from '@repo/slipway/image';
import sharp from 'sharp';
import { scriptInput, scriptResult } from '../child-process.ts';

export interface RenderInput {
  readonly by: 'slipway' | 'sharp' | 'http';
  readonly picture: string;
  readonly folder: string;
  readonly format: 'jpeg' | 'webp';
  /** At once. */
  readonly parallel: number;
  readonly seconds: number;
  readonly server: { readonly url: string; readonly apiKey: string; readonly fileId: string };
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

/** A height beyond the picture's changes nothing but the name of what is asked for. */
const anyHeight = () => SIDE + Math.floor(Math.random() * (4096 - SIDE));

async function byHttp(): Promise<string> {
  const { url, apiKey, fileId } = input.server;
  const wish = `w=${SIDE},h=${anyHeight()},format=${input.format},q=${QUALITY}`;
  const link = await fetch(`${url}/api/files/${fileId}/url?transform=${wish}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { url: address }: { url: string } = await link.json();
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the picture was answered with ${await answer.text()}`);
  const { width, height } = await sharp(await answer.arrayBuffer()).metadata();
  return `${width} × ${height}`;
}

const render = { slipway: bySlipway, sharp: bySharp, http: byHttp }[input.by];
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
