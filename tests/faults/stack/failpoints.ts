import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/stack/root.ts';
import type { Random } from '../random.ts';
import type { Death } from './guarded.ts';

/** Steps of other work than uploads; those who do it test them. */
const ELSEWHERE = /^(move|leftover|derivative)\./;

/** Every step of an upload that the sources name, so that none is forgotten here. */
export function namedFailpoints(): string[] {
  const folders = ['packages/slipway/src', 'packages/foundation/src'].map((path) =>
    join(root, path),
  );
  const names = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const source = readFileSync(join(folder, file), 'utf8');
        return [...source.matchAll(/\bfailpoint\('([a-z0-9.-]+)'\)/g)].map(
          (match) => match[1] ?? '',
        );
      }),
  );
  return [...new Set(names)].filter((name) => !ELSEWHERE.test(name)).sort();
}

/** For each life of a process one step to die at, those first at which none has died yet. */
export function failpointsInTurn(random: Random, deaths: readonly Death[]): () => string {
  const names = namedFailpoints();
  return () => {
    const died = new Set(deaths.map(({ detail }) => detail));
    const fresh = names.filter((name) => !died.has(name));
    return fresh.length > 0 && random.chance(0.7)
      ? `${random.pick(fresh)}=${random.pick(['0.5', '1'])}`
      : `${random.pick(names)}=${random.pick(['0.02', '0.1'])}`;
  };
}
