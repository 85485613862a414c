import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { buildKernels } from '../packages/engine/build-kernels.ts';
import { BUILT_STEPS } from '../packages/engine/src/index.ts';
import { PICTURES } from './engine-pictures/pictures.ts';
import { root } from './stack/root.ts';

/**
 * Draws the pictures of docs/engine.md with the engine as it is: `node scripts/engine-pictures.ts` for all,
 * or the names of some. The same engine gives the same files.
 */
await buildKernels();
const folder = join(root, 'docs/engine');
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const { name, shows, draw } of PICTURES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const missing = shows.filter((step) => !BUILT_STEPS.includes(step));
  if (missing.length > 0) {
    console.log(`${name}: not drawn, without ${missing.join(', ')}`);
    continue;
  }
  const bytes = await draw();
  await writeFile(join(folder, `${name}.jpg`), bytes);
  console.log(`${name}.jpg: ${Math.round(bytes.length / 1000)} kB`);
}
