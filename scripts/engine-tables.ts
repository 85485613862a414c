import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ENGINE_PAGES } from './engine-tables/pages.ts';
import { renderTables } from './engine-tables/render-tables.ts';
import { root } from './stack/root.ts';

/** Puts the engine's options, deliveries and rules into its documentation: `node scripts/engine-tables.ts`. */
for (const name of ENGINE_PAGES) {
  const path = join(root, name);
  const page = readFileSync(path, 'utf8');
  const rendered = renderTables(page);
  if (rendered === page) continue;
  writeFileSync(path, rendered);
  process.stdout.write(`${name}: written\n`);
}
