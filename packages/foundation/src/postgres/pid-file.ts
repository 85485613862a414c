import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './failure.ts';

/**
 * A crash leaves postmaster.pid behind, and in a container its number soon belongs to another
 * process, which makes Postgres refuse to start. A server that is just going down gets a moment.
 */
export async function clearStalePidFile(cluster: string, patienceMs: number): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const deadline = Date.now() + patienceMs;
  while (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
    if (!isServerOf(cluster, pid)) {
      rmSync(file, { force: true });
      return;
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `A Postgres server (process ${pid}) is already running on ${cluster}. Stop it first: kill -INT ${pid}`,
      );
    }
    await sleep(100);
  }
}

function isServerOf(cluster: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return commandOf(pid) === 'postgres';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function commandOf(pid: number): string {
  try {
    return basename(
      execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).trim(),
    );
  } catch {
    return '';
  }
}
