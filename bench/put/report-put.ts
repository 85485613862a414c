import { type CpuUse, othersOf } from '../machine/cpu-meter.ts';
import { type Cell, MIB, middleRun, type Report, table } from '../report.ts';
import type { FloorResult } from './floor.ts';
import type { SendResult } from './sender.ts';

export interface PutRun extends SendResult {
  readonly use: CpuUse;
  /** MiB before it and at most during it. */
  readonly memory: { readonly idle: number; readonly peak: number } | undefined;
  /** Seconds that a flush to the disk took after the answer; 0 where it was done before. */
  readonly flush: number;
}

export interface PutRuns {
  readonly slipway: PutRun[];
  readonly tus: PutRun[];
  readonly floor: FloorResult[];
}

const HEAD = ['', 'MiB/s', 'seconds', 'ours/this', 'peak RSS MiB', 'RSS before'];
const CPU_HEAD = ['CPU s: server', 'sender', 'others'];

export function reportPut(runs: PutRuns, { what, size }: { what: string; size: number }): Report {
  const ours = middleRun(runs.slipway, (run) => run.seconds);
  const tus = middleRun(runs.tus, (run) => run.seconds);
  const durable = middleRun(runs.tus, (run) => run.seconds + run.flush);
  const disk = middleRun(runs.floor, (run) => run.disk).disk;
  const hash = middleRun(runs.floor, (run) => run.hash).hash;
  const speed = (seconds: number): Cell[] => [
    Math.round(size / MIB / seconds),
    seconds.toFixed(2),
    seconds === ours.seconds ? undefined : seconds / ours.seconds,
  ];
  const peak = (of: readonly PutRun[]) => {
    const peaks = of.flatMap((run) => (run.memory ? [run.memory.peak] : []));
    return peaks.length === 0 ? undefined : Math.max(...peaks);
  };
  const cpu = (run: PutRun) => [run.use.server, run.cpu, othersOf(run.use, run.cpu)];
  const rows: Cell[][] = [
    [
      'Slipway: hashed and flushed',
      ...speed(ours.seconds),
      peak(runs.slipway),
      runs.slipway[0]?.memory?.idle,
      ...cpu(ours),
    ],
    ['tus: neither', ...speed(tus.seconds), peak(runs.tus), runs.tus[0]?.memory?.idle, ...cpu(tus)],
    ['tus, then flushed', ...speed(durable.seconds + durable.flush)],
    ['this disk: write, then flush, no network', ...speed(disk)],
    ['this CPU: SHA-256 alone', ...speed(hash)],
  ];
  const text = [
    `One ${what} of ${size / MIB} MiB to disk storage, middle of ${runs.slipway.length} in turn; peak RSS is the highest of them`,
    '',
    table([...HEAD, ...CPU_HEAD], rows),
    '',
    'Slipway answers once the bytes are hashed (SHA-256) and on the disk; tus answers when the',
    'system has taken them into memory, and hashes nothing.',
  ].join('\n');
  return { text, problems: [] };
}
