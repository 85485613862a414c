import { join } from 'node:path';
import type { Mode } from './products.ts';

/** What Node runs: the bundle that the build made, or the sources themselves while developing. */
export function entryOf(app: string, entry: 'main' | 'seed', mode: Mode): string {
  if (mode === 'development') return join('apps', app, `${entry}.ts`);
  return join('apps', app, 'dist', `${entry}.mjs`);
}
