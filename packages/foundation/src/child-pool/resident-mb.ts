import { readFile } from 'node:fs/promises';
import process from 'node:process';

/** Resident memory of a process in MiB; 0 where the system does not tell (not Linux, or it is gone). */
export async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined || process.platform !== 'linux') return 0;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
