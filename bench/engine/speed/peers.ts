import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { measureProcess, type ProcessFigures } from './measure-process.ts';

/** A program that merges the same files into one JPEG. */
export interface Peer {
  readonly name: string;
  readonly merge: (frames: readonly string[], output: string) => Promise<ProcessFigures>;
}

const PYTHON = '/usr/bin/python3';
const OPENCV = fileURLToPath(new URL('./opencv-merge.py', import.meta.url));

/** Those that this machine has; the others are named, with the Debian package they come in. */
export function findPeers(): {
  readonly peers: readonly Peer[];
  readonly missing: readonly string[];
} {
  const [peers, missing]: [Peer[], string[]] = [[], []];
  if (works('enfuse', ['--version'])) peers.push(enfuse());
  else missing.push('enfuse (Debian: enfuse)');
  if (works(PYTHON, ['-c', 'import cv2'])) peers.push(openCv());
  else missing.push('OpenCV (Debian: python3-opencv)');
  return { peers, missing };
}

function enfuse(): Peer {
  return {
    name: 'enfuse',
    merge: (frames, output) =>
      measureProcess('enfuse', ['--compression=92', '-o', output, ...frames]),
  };
}

function openCv(): Peer {
  return {
    name: 'OpenCV align + merge',
    merge: (frames, output) => measureProcess(PYTHON, [OPENCV, 'align', output, ...frames]),
  };
}

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
