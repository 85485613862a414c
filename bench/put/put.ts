import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../scripts/stack/refusal.ts';
import { runScript, type ServerProcess, startPeer } from '../child-process.ts';
import { startCpuMeter } from '../machine/cpu-meter.ts';
import { freeBytes } from '../machine/describe.ts';
import { forgetPeak, memoryOf } from '../machine/proc.ts';
import type { Options } from '../options.ts';
import { MIB, type Report } from '../report.ts';
import type { Slipway, Stack } from '../stack.ts';
import type { FloorResult } from './floor.ts';
import { type PutRun, type PutRuns, reportPut } from './report-put.ts';
import type { SendInput, SendResult } from './sender.ts';

const SIZE = 1024 * MIB;

/** How the bytes get to Slipway. */
type Way = (stack: Stack, slipway: Slipway, size: number) => Promise<PutRun>;

/** One gigabyte to disk storage, beside tus's server receiving the same bytes from the same sender. */
export async function benchPut(stack: Stack, options: Options): Promise<Report> {
  return reportPut(await besideTus(stack, options, sendToSlipway), { what: 'PUT', size: SIZE });
}

/** The same in one request of tus, to both. */
export async function benchTus(stack: Stack, options: Options): Promise<Report> {
  return reportPut(await besideTus(stack, options, patchSlipway), { what: 'PATCH', size: SIZE });
}

async function besideTus(stack: Stack, options: Options, way: Way): Promise<PutRuns> {
  const free = await freeBytes(stack.folder);
  if (free < 3 * SIZE) {
    throw new Refusal(
      `This needs 3 GiB free in ${stack.folder}; there are ${Math.round(free / MIB)} MiB.`,
    );
  }
  const directory = join(stack.folder, 'tus');
  await mkdir(directory, { recursive: true });
  const slipway = await stack.startSlipway();
  try {
    const tus = await startPeer(
      new URL('./tus-server.ts', import.meta.url),
      { directory },
      stack.signal,
    );
    try {
      const runs: PutRuns = { slipway: [], tus: [], floor: [] };
      await way(stack, slipway, 16 * MIB);
      await sendToTus(stack, { server: tus, directory }, 16 * MIB);
      for (let turn = 1; turn <= options.runs; turn++) {
        runs.slipway.push(tell('Slipway', await way(stack, slipway, SIZE)));
        runs.tus.push(tell('tus', await sendToTus(stack, { server: tus, directory }, SIZE)));
        runs.floor.push(await measureFloor(stack));
      }
      return runs;
    } finally {
      await tus.stop();
    }
  } finally {
    await slipway.stop();
  }
}

function tell(name: string, run: PutRun): PutRun {
  console.log(`${name}: 1 GiB in ${run.seconds.toFixed(2)} s`);
  return run;
}

async function sendToSlipway(stack: Stack, slipway: Slipway, size: number): Promise<PutRun> {
  const call = async (path: string, body: unknown, status: number) => {
    const response = await fetch(`${slipway.url}/api/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== status) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const ticket: { id: string; key: string; url: string; headers: Record<string, string> } =
    await call('upload-url', { name: 'tour.bin', size, type: 'application/octet-stream' }, 201);
  const { url, headers } = ticket;
  const run = await send(stack, slipway, { url, headers, method: 'PUT', size });
  if (run.status !== 200) throw new Error(`Slipway answered ${run.status} to the PUT`);
  // Outside the clock: proof that the bytes are there.
  await call('upload-complete', { id: ticket.id }, 200);
  await rm(join(slipway.objects, ticket.key));
  return { ...run, flush: 0 };
}

async function patchSlipway(stack: Stack, slipway: Slipway, size: number): Promise<PutRun> {
  const headers = { authorization: `Bearer ${stack.apiKey}` };
  const url = await createTusUpload(`${slipway.url}/tus`, { size, headers });
  const run = await send(stack, slipway, { url, headers: PATCH_HEADERS, method: 'PATCH', size });
  if (run.status !== 204) throw new Error(`Slipway answered ${run.status} to the PATCH`);
  // Outside the clock: proof that the bytes are there, and are a file.
  const answer = await fetch(url, { method: 'HEAD', headers: TUS });
  const status = answer.headers.get('slipway-status');
  if (status !== 'ready') throw new Error(`expected a file that is ready, found one ${status}`);
  await rm(slipway.objects, { recursive: true });
  return { ...run, flush: 0 };
}

const TUS = { 'tus-resumable': '1.0.0' };
const PATCH_HEADERS = {
  ...TUS,
  'upload-offset': '0',
  'content-type': 'application/offset+octet-stream',
};

async function createTusUpload(
  endpoint: string,
  { size, headers }: { size: number; headers: Record<string, string> },
): Promise<string> {
  const created = await fetch(endpoint, {
    method: 'POST',
    headers: { ...TUS, ...headers, 'upload-length': String(size) },
  });
  const url = created.headers.get('location');
  if (created.status !== 201 || url === null) throw new Error(`tus answered ${created.status}`);
  return url;
}

async function sendToTus(
  stack: Stack,
  { server, directory }: { server: ServerProcess & { url: string }; directory: string },
  size: number,
): Promise<PutRun> {
  const url = await createTusUpload(`${server.url}/files`, { size, headers: {} });
  const run = await send(stack, server, { url, headers: PATCH_HEADERS, method: 'PATCH', size });
  if (run.status !== 204) throw new Error(`tus answered ${run.status} to the PATCH`);
  const path = join(directory, url.slice(url.lastIndexOf('/') + 1));
  const flush = await flushFile(path);
  const stored = await stat(path);
  if (stored.size !== size) throw new Error(`tus stored ${stored.size} bytes of ${size}`);
  await rm(path);
  return { ...run, flush };
}

async function send(
  { signal }: Stack,
  server: ServerProcess,
  input: SendInput,
): Promise<Omit<PutRun, 'flush'>> {
  forgetPeak(server.pid);
  const idle = memoryOf(server.pid)?.now ?? 0;
  const meter = startCpuMeter({ server: server.pid });
  const result = await runScript<SendResult>(
    new URL('./sender.ts', import.meta.url),
    input,
    signal,
  );
  const use = meter();
  const memory = memoryOf(server.pid);
  return { ...result, use, memory: memory && { idle, peak: memory.peak } };
}

/** Also what keeps the next run from paying for bytes that this one left in memory. */
async function flushFile(path: string): Promise<number> {
  const began = performance.now();
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return (performance.now() - began) / 1000;
}

function measureFloor({ folder, signal }: Stack): Promise<FloorResult> {
  const input = { path: join(folder, 'floor'), size: SIZE };
  return runScript<FloorResult>(new URL('./floor.ts', import.meta.url), input, signal);
}
