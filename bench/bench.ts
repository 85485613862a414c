import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, reasonOf } from '../scripts/stack/refusal.ts';
import { listenForStop } from '../scripts/stack/stop-request.ts';
import { benchComplete } from './complete/complete.ts';
import { benchFeel } from './feel/feel.ts';
import { benchFiles } from './files/files.ts';
import { benchFirstView } from './first-view/first-view.ts';
import { benchImage } from './image/image.ts';
import { describeMachine, loadAverage } from './machine/describe.ts';
import { type Options, type Part, readOptions } from './options.ts';
import { benchPut, benchTus } from './put/put.ts';
import type { Report } from './report.ts';
import { benchSize } from './size/size.ts';
import { buildServer, openStack, type Stack } from './stack.ts';
import { benchUploadUrl } from './upload-url/upload-url.ts';

const BENCHES: Record<Part, (stack: Stack, options: Options) => Promise<Report>> = {
  'upload-url': benchUploadUrl,
  put: benchPut,
  tus: benchTus,
  complete: benchComplete,
  image: benchImage,
  files: benchFiles,
  'first-view': benchFirstView,
  feel: benchFeel,
  size: benchSize,
};

/** Measures, prints one table, and returns the exit code: not 0 when anything was answered wrong. */
export async function bench(args: readonly string[]): Promise<number> {
  const { signal } = listenForStop();
  try {
    const options = readOptions(args);
    const before = loadAverage();
    const reports = await measure(options, signal);
    console.log(`\n${await describeMachine(tmpdir())}`);
    console.log(`load average ${before} before, ${loadAverage()} after\n`);
    for (const { text } of reports) console.log(`${text}\n`);
    const problems = reports.flatMap((report) => report.problems);
    for (const problem of problems) console.error(`WRONG: ${problem}`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    return signal.aborted ? 130 : 1;
  }
}

async function measure(options: Options, signal: AbortSignal): Promise<Report[]> {
  // Also what keeps a build by `npm start` and this one apart.
  await buildServer(signal);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  try {
    const stack = await openStack(folder, signal);
    try {
      const reports: Report[] = [];
      for (const part of options.parts) reports.push(await BENCHES[part](stack, options));
      return reports;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      await stack.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
      console.error(`${folder} could not be removed: ${reasonOf(error)}`),
    );
  }
}
