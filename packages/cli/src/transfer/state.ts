import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadTarget } from 'slipway/server';
import { stateFolder, writeSecretly } from '../profiles.ts';

/** An upload in parts that was begun: enough to go on with it after the process was killed. */
export interface Begun {
  readonly target: UploadTarget;
  readonly size: number;
  readonly modifiedMs: number;
}

/** One file on its way to one project. */
export interface Way {
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;
  readonly projectId: string;
  readonly path: string;
  readonly name: string;
}

function fileOf({ env, url, projectId, path, name }: Way): string {
  const digest = createHash('sha256').update(JSON.stringify([url, projectId, path, name]));
  return join(stateFolder(env), 'uploads', `${digest.digest('hex').slice(0, 32)}.json`);
}

export async function readBegun(way: Way): Promise<Begun | null> {
  try {
    return JSON.parse(await readFile(fileOf(way), 'utf8')) as Begun;
  } catch {
    return null;
  }
}

/** Signed addresses are in it, so nobody else may read it. */
export async function rememberBegun(way: Way, begun: Begun): Promise<void> {
  const path = fileOf(way);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeSecretly(path, JSON.stringify(begun));
}

export const forgetBegun = (way: Way) => rm(fileOf(way), { force: true });
