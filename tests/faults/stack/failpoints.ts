import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/stack/root.ts';
import type { Random } from '../random.ts';
import type { Death } from './guarded.ts';

export type StorageKind = 'disk' | 's3';

/** Whose steps are no steps of an upload, or only of one to the other kind of storage. */
const ELSEWHERE: Readonly<Record<StorageKind, readonly string[]>> = {
  disk: ['storage-connection/', 'image/', 'tus/part-appending.ts'],
  s3: ['storage-connection/', 'image/', 'tus/file-appending.ts', 'storage/disk/'],
};

/** Every step of an upload that the sources name, so that none is forgotten here. */
export function namedFailpoints(kind: StorageKind): string[] {
  const folder = join(root, 'packages/slipway/src');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => !ELSEWHERE[kind].some((path) => file.startsWith(path)))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      return [...source.matchAll(/\bfailpoint\('([a-z0-9.-]+)'\)/g)].map((match) => match[1] ?? '');
    });
  return [...new Set(names)].sort();
}

/** For each life of a process one step to die at, those first at which none has died yet. */
export function failpointsInTurn(
  random: Random,
  names: readonly string[],
  deaths: readonly Death[],
): () => string {
  return () => {
    const died = new Set(deaths.map(({ detail }) => detail));
    const fresh = names.filter((name) => !died.has(name));
    return fresh.length > 0 && random.chance(0.7)
      ? `${random.pick(fresh)}=${random.pick(['0.5', '1'])}`
      : `${random.pick(names)}=${random.pick(['0.02', '0.1'])}`;
  };
}
