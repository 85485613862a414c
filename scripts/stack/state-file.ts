import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { Refusal, reasonOf } from './refusal.ts';

export type Json = { readonly [key: string]: unknown };

export function readState(file: string): Json | undefined {
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw damaged(file, reasonOf(error).split('\n')[0] ?? '');
  }
  if (!isObject(value)) throw damaged(file, 'it does not hold a JSON object');
  return value;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringIn(state: Json | undefined, ...path: string[]): string | undefined {
  let value: unknown = state;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function damaged(file: string, reason: string): Refusal {
  return new Refusal(
    `${file} is damaged (${reason}). Restore it, or move the folder away to begin anew.`,
  );
}

/** Whole or not at all, and on disk before anything relies on it. */
export function writeState(file: string, state: Json): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(state, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
