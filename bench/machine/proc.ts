import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { MIB } from '../report.ts';

// Linux tells these; elsewhere they are undefined, and the table shows a dash.

/** `USER_HZ`, which Linux shows to programs as 100 whatever its own clock does. */
const TICKS_PER_SECOND = 100;

/** CPU seconds, user and kernel, of one process. */
export function cpuOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && ticks(fields, [11, 12]);
}

/** CPU seconds of a process, its living children, and those that it already buried. */
export function cpuOfFamily(parent: number): number | undefined {
  const own = statOf(parent);
  if (own === undefined) return undefined;
  const children = processIds()
    .map(statOf)
    .filter((fields) => Number(fields?.[1]) === parent);
  const living = children.map((fields) => ticks(fields ?? [], [11, 12]));
  return living.reduce((total, seconds) => total + seconds, ticks(own, [11, 12, 13, 14]));
}

export function parentOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && Number(fields[1]);
}

/** CPU seconds that the whole machine was busy since its start, time stolen by its host included. */
export function cpuOfMachine(): number | undefined {
  const line = read('/proc/stat')?.split('\n', 1)[0];
  if (line === undefined) return undefined;
  // user, nice, system, idle, iowait, irq, softirq, steal
  return ticks(line.split(/\s+/).slice(1), [0, 1, 2, 5, 6, 7]);
}

/** MiB that a process holds now, and the most that it ever held or held since `forgetPeak`. */
export function memoryOf(pid: number): { now: number; peak: number } | undefined {
  const status = read(`/proc/${pid}/status`);
  if (status === undefined) return undefined;
  const line = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / MIB;
  return { now: line('VmRSS'), peak: line('VmHWM') };
}

/** Peaks count from here on; what it held before a run does not hide what the run took. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Not Linux, or not ours: the peak since the start is what there is.
  }
}

/** The fields after the name, which stands in brackets and may hold spaces: state, parent, … */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function ticks(fields: readonly string[], places: readonly number[]): number {
  return places.reduce((total, place) => total + Number(fields[place] ?? 0), 0) / TICKS_PER_SECOND;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
