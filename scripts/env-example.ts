import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEnvExample } from './stack/render-env-example.ts';
import { root } from './stack/root.ts';

if (process.argv.includes('--write')) {
  writeFileSync(join(root, '.env.example'), renderEnvExample());
} else {
  process.stdout.write(renderEnvExample());
}
