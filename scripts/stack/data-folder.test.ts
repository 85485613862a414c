import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder, openSecrets } from './data-folder.ts';

const { signal } = new AbortController();
let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

test('a running owner is a refusal; one that is stopping is waited for', async () => {
  const first = await openDataFolder(path, signal);
  await expect(openDataFolder(path, signal)).rejects.toThrow(
    `Already running: process ${process.pid} uses DATA_DIR ${path}.`,
  );
  first.announceStop();
  setTimeout(() => first.lock.release(), 1000);
  const next = await openDataFolder(path, signal);
  expect(next.afterCrash).toBe(false);
  next.lock.release();
  expect(readdirSync(path)).toEqual([]);
});

test('secrets are made once, and the key that a folder of an older version lacks is added and kept', () => {
  const made = openSecrets(path, true);
  expect(openSecrets(path, true)).toEqual(made);
  const file = join(path, 'secrets.json');
  const { encryptionKeys, ...older } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(older));
  const added = openSecrets(path, true);
  expect(added).toEqual({ ...made, encryptionKeys: added.encryptionKeys });
  expect(added.encryptionKeys).not.toBe(encryptionKeys);
  expect(openSecrets(path, true)).toEqual(added);
});
