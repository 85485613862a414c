import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from './lock.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one holder at a time; released, it is free again', () => {
  const first = tryLock(file);
  expect(first).toMatchObject({ held: true, wasStale: false });
  expect(tryLock(file)).toEqual({ held: false, owner: process.pid });
  if (first.held) first.lock.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(tryLock(file)).toMatchObject({ held: true, wasStale: false });
});

test('the lock of a process that is gone is taken over', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  writeFileSync(file, `${child.pid} 12345`);
  expect(tryLock(file)).toMatchObject({ held: true, wasStale: true });
});

test('a number that came round again is no owner', () => {
  // This process lives, but it did not start then.
  writeFileSync(file, `${process.pid} 1`);
  expect(tryLock(file)).toMatchObject({ held: true, wasStale: true });
  expect(readFileSync(file, 'utf8')).not.toBe(`${process.pid} 1`);
});

test.each(['', 'garbage', '0 0', '-1 5'])('a lock file that holds %j is taken over', (text) => {
  writeFileSync(file, text);
  expect(tryLock(file)).toMatchObject({ held: true, wasStale: true });
});
