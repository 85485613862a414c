import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const GIB = 1024 ** 3;
const TMPFS = 0x01021994;

export async function describeMachine(folder: string): Promise<string> {
  const { type } = await statfs(folder);
  const memory = `${Math.round(totalmem() / GIB)} GiB`;
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, Node ${process.version}`,
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory}, ${process.platform} ${release()}`,
    ...(type === TMPFS
      ? ['The temporary folder is in MEMORY, so no disk was measured: set TMPDIR.']
      : []),
  ].join('\n');
}

/** Of the last minute, five and fifteen: what the machine was doing beside this. */
export function loadAverage(): string {
  return loadavg()
    .map((figure) => figure.toFixed(2))
    .join(' ');
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
