import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder, writeSecretly } from '../profiles.ts';

/** From one project to one address. */
export interface Route {
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;
  readonly projectId: string;
  readonly to: string;
}

const folderOf = (env: NodeJS.ProcessEnv) => join(stateFolder(env), 'listen');

function fileOf({ env, url, projectId, to }: Route): string {
  const digest = createHash('sha256').update(JSON.stringify([url, projectId, to]));
  return join(folderOf(env), digest.digest('hex').slice(0, 32));
}

/** After which event to go on; null when nothing was forwarded there yet. */
export async function storedCursor(route: Route): Promise<string | null> {
  const text = await readFile(fileOf(route), 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? text : null;
}

export async function rememberCursor(route: Route, cursor: string): Promise<void> {
  await mkdir(folderOf(route.env), { recursive: true, mode: 0o700 });
  await writeSecretly(fileOf(route), cursor);
}
