import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** What is set already wins over .env. */
export function loadEnvFile(): void {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
