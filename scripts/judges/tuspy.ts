import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { installWithApt } from '../stack/install-with-apt.ts';
import type { Say } from './judge.ts';

const PROGRAM = fileURLToPath(new URL('./tuspy.py', import.meta.url));
/** Debian's packages are for Debian's Python, whichever comes first in the path. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** What tuspy did: sent bytes of this digest to this address, was refused, or failed. */
export interface TuspyCase {
  name: string;
  url?: string;
  sha256?: string;
  status?: number;
  error?: string;
}

/** A Python that has tuspy; undefined when it cannot be had here. */
export function findTuspy(say: Say): string | undefined {
  const find = () =>
    PYTHONS.find((python) => spawnSync(python, ['-c', 'import tusclient, aiohttp']).status === 0);
  const found = find();
  if (found !== undefined) return found;
  installWithApt(say, { name: 'tuspy', debianPackage: 'python3-tuspy' });
  return find();
}

export async function runTuspy(
  python: string,
  { endpoint, key }: { endpoint: string; key: string },
): Promise<TuspyCase[]> {
  const child = spawn(python, [PROGRAM, endpoint, key], { stdio: ['ignore', 'pipe', 'inherit'] });
  const cases: TuspyCase[] = [];
  for await (const line of createInterface({ input: child.stdout })) cases.push(JSON.parse(line));
  return cases;
}
