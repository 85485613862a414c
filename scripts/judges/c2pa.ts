import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgesFolder, type Say } from './judge.ts';

/** The reader of the Content Authenticity Initiative. */
const VERSION = '0.38.1';
const PROGRAM = fileURLToPath(new URL('./c2pa_reader.py', import.meta.url));

export interface C2paFinding {
  photo: string;
  state?: string;
  failures?: string[];
  actions?: { action: string; description?: string; digitalSourceType?: string }[];
  generator?: { name: string; version: string };
  algorithm?: string;
  error?: string;
}

const succeeds = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

/** A Python that has it, in an environment of its own; undefined when it cannot be had here. */
export function findC2pa(say: Say): string | undefined {
  const folder = join(judgesFolder(), `c2pa-${VERSION}`);
  const python = join(folder, 'bin', 'python');
  const works = () => existsSync(python) && succeeds(python, ['-c', 'import c2pa']);
  if (works()) return python;
  say(`Installing c2pa-python ${VERSION} (once) …`);
  const made = succeeds('python3', ['-m', 'venv', '--clear', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', `c2pa-python==${VERSION}`];
  return made && succeeds(python, pip) && works() ? python : undefined;
}

export function readPhotos(
  python: string,
  { authority, photos }: { authority: string; photos: readonly string[] },
): C2paFinding[] {
  const { stdout } = spawnSync(python, [PROGRAM, authority, ...photos], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
