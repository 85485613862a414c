import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../report.ts';
import { hasRealSet, makeBrackets } from './make-brackets.ts';
import { EVERY_STEP, enhanceOnce, MERGE_ONLY } from './ours.ts';
import { findPeers } from './peers.ts';

/** Seconds and MiB of one program at one task, the middle of all runs. */
interface Row {
  readonly task: string;
  readonly program: string;
  readonly seconds: number;
  readonly peakMib: number;
  /** How much longer than ours. */
  readonly ratio: number;
  readonly firstLook?: number;
}

/** Time and memory of 24-megapixel brackets, ours and the peers' turn by turn in one run. */
export async function measureSpeed(data: string | null, runs: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-speed-'));
  try {
    const set = data !== null && (await hasRealSet(data)) ? data : null;
    const frames = await makeBrackets(folder, set);
    const rows = [
      ...(await mergeRows(frames, folder, runs)),
      await everyStepRow(frames.slice(0, 3), folder, runs),
    ];
    const { missing } = findPeers();
    return [
      `24-megapixel JPEGs of ${set === null ? 'the drawn room' : 'a real room, enlarged'}; middle of ${runs} runs, turn by turn`,
      table(
        ['task', 'program', 'seconds', 'beside ours', 'peak MiB', 'first look s'],
        rows.map((row) => [
          row.task,
          row.program,
          row.seconds,
          row.ratio,
          row.peakMib,
          row.firstLook,
        ]),
      ),
      ...missing.map((name) => `Not measured, because it is not installed: ${name}`),
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function mergeRows(all: readonly string[], folder: string, runs: number): Promise<Row[]> {
  const { peers } = findPeers();
  const programs = [
    {
      name: 'ours',
      merge: (frames: readonly string[], output: string) =>
        enhanceOnce({ frames, output, options: MERGE_ONLY }),
    },
    ...peers,
  ];
  const rows: Row[] = [];
  for (const count of [3, 5]) {
    const seen = programs.map(() => ({ seconds: [] as number[], peaks: [] as number[] }));
    for (let run = 0; run < runs; run++) {
      for (const [index, program] of programs.entries()) {
        const output = join(folder, `merged-${index}.jpg`);
        const { seconds, peakMib } = await program.merge(all.slice(0, count), output);
        seen[index]?.seconds.push(seconds);
        seen[index]?.peaks.push(peakMib);
      }
    }
    const ours = median(seen[0]?.seconds ?? []);
    for (const [index, { name }] of programs.entries()) {
      const seconds = median(seen[index]?.seconds ?? []);
      const peakMib = median(seen[index]?.peaks ?? []);
      rows.push({
        task: `${count} x 24 MP, align + merge`,
        program: name,
        seconds,
        peakMib,
        ratio: seconds / ours,
      });
    }
  }
  return rows;
}

async function everyStepRow(frames: readonly string[], folder: string, runs: number): Promise<Row> {
  const [seconds, peaks, looks]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    const output = join(folder, 'finished.jpg');
    const figures = await enhanceOnce({ frames, output, options: EVERY_STEP });
    seconds.push(figures.seconds);
    peaks.push(figures.peakMib);
    looks.push(figures.firstLook ?? Number.NaN);
  }
  return {
    task: '3 x 24 MP, every step, 3 files',
    program: 'ours',
    seconds: median(seconds),
    ratio: 1,
    peakMib: median(peaks),
    firstLook: median(looks),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
