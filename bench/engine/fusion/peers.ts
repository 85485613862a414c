import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bracket, readCodes } from './scenes.ts';

/** A program that fuses the same files. */
export interface FusionPeer {
  readonly name: string;
  /** @returns interleaved 8-bit RGB */
  readonly fuse: (bracket: Bracket) => Promise<Uint8Array>;
}

const PYTHON = '/usr/bin/python3';
const OPENCV = fileURLToPath(new URL('../speed/opencv-merge.py', import.meta.url));

/** Those that this machine has; the others are named, with the Debian package they come in. */
export function findFusionPeers(): {
  readonly peers: readonly FusionPeer[];
  readonly missing: readonly string[];
} {
  const [peers, missing]: [FusionPeer[], string[]] = [[], []];
  if (works(PYTHON, ['-c', 'import cv2']))
    peers.push(
      peer('OpenCV Mertens', (paths, output) => [PYTHON, OPENCV, 'merge', output, ...paths]),
    );
  else missing.push('OpenCV (Debian: python3-opencv)');
  if (works('enfuse', ['--version']))
    peers.push(peer('enfuse', (paths, output) => ['enfuse', '-o', output, ...paths]));
  else missing.push('enfuse (Debian: enfuse)');
  return { peers, missing };
}

function peer(
  name: string,
  commandOf: (paths: readonly string[], output: string) => readonly string[],
): FusionPeer {
  return {
    name,
    fuse: async ({ paths }) => {
      const folder = await mkdtemp(join(tmpdir(), 'fusion-'));
      try {
        const output = join(folder, 'fused.png');
        const [program = '', ...args] = commandOf(paths, output);
        const { status } = spawnSync(program, args, { stdio: 'ignore' });
        if (status !== 0) throw new Error(`${name} could not fuse ${paths[0]}`);
        return (await readCodes(output)).codes;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
