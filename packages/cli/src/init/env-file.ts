import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../profiles.ts';

/** Adds what is missing to `.env.local`; what is there stays as it is. Returns the names it added. */
export async function addToEnvFile(root: string, { url, apiKey }: Profile): Promise<string[]> {
  const path = join(root, '.env.local');
  const text = await readFile(path, 'utf8').catch(() => '');
  const missing = Object.entries({ SLIPWAY_URL: url, SLIPWAY_API_KEY: apiKey }).filter(
    ([name]) => !new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, 'm').test(text),
  );
  if (missing.length === 0) return [];
  const start = text === '' || text.endsWith('\n') ? '' : '\n';
  const lines = missing.map(([name, value]) => `${name}=${value}\n`).join('');
  // Only its owner reads it: it holds a key.
  await appendFile(path, `${start}${lines}`, { mode: 0o600 });
  return missing.map(([name]) => name);
}

/** Whether git is told to leave `.env.local` alone, as far as the app's own `.gitignore` says. */
export async function isIgnored(root: string): Promise<boolean> {
  const text = await readFile(join(root, '.gitignore'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .some((line) => /^\/?\.env(\*|\.\*|\.local|\*\.local|\.\*\.local)$/.test(line.trim()));
}
