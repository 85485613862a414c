import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../report.ts';
import { enhanceInSpare, type SpareFigures } from './in-spare.ts';
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
      ...(await everyStepRows(frames.slice(0, 3), folder, runs)),
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

/** From nothing, as a command does it, and in a process that has practised, as a worker does it; turn by turn. */
async function everyStepRows(
  frames: readonly string[],
  folder: string,
  runs: number,
): Promise<Row[]> {
  const [cold, warm]: [SpareFigures[], SpareFigures[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const output = join(folder, 'finished.jpg');
    const figures = await enhanceOnce({ frames, output, options: EVERY_STEP });
    cold.push({ ...figures, firstLook: figures.firstLook ?? Number.NaN });
    warm.push(await enhanceInSpare(frames, folder));
  }
  const beside = median(cold.map(({ seconds }) => seconds));
  return [everyStepRow('a new process', cold, beside), everyStepRow('a spare one', warm, beside)];
}

function everyStepRow(program: string, figures: readonly SpareFigures[], beside: number): Row {
  const seconds = median(figures.map((figure) => figure.seconds));
  return {
    task: '3 x 24 MP, every step, 3 files',
    program: `ours, ${program}`,
    seconds,
    ratio: seconds / beside,
    peakMib: median(figures.map(({ peakMib }) => peakMib)),
    firstLook: median(figures.map(({ firstLook }) => firstLook)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
