import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openJournal, readDone } from './journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ROUTE = { source: 'app', url: 'https://files.example.com', projectId: 'prj_1' };
const done = (key: string) => ({
  ...{ key, fileId: `file_${key}`, size: 1, sha256: 'aa', md5: 'bb' },
  acl: 'private' as const,
});

let path: string;
let count = 0;
beforeEach(() => {
  path = join(folder, `${++count}`, 'state.jsonl');
});

test('two at once are one too many, and one after the other are not', async () => {
  const first = await openJournal(path, ROUTE);
  await expect(openJournal(path, ROUTE)).rejects.toMatchObject({ code: 'in_use', exit: 5 });
  await first.noteDone(done('a'));
  await first.close();
  const second = await openJournal(path, ROUTE);
  expect([...second.done.keys()]).toEqual(['a']);
  await second.close();
  expect(readdirSync(join(path, '..'))).toEqual(['state.jsonl']);
});

test('the lock of a process that is gone is nobody’s', async () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  await (await openJournal(path, ROUTE)).close();
  writeFileSync(`${path}.lock`, String(gone));
  const journal = await openJournal(path, ROUTE);
  expect(readFileSync(`${path}.lock`, 'utf8')).toBe(String(process.pid));
  await journal.close();
});

test('half a line is dropped by whoever goes on, and left alone by whoever looks', async () => {
  const journal = await openJournal(path, ROUTE);
  await journal.noteDone(done('a'));
  await journal.close();
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, `${whole}{"type":"done","key":"b`);
  expect([...(await readDone(path, ROUTE)).keys()]).toEqual(['a']);
  expect(readFileSync(path, 'utf8')).not.toBe(whole);
  const next = await openJournal(path, ROUTE);
  expect(readFileSync(path, 'utf8')).toBe(whole);
  await next.noteDone(done('c'));
  await next.close();
  expect([...(await readDone(path, ROUTE)).keys()]).toEqual(['a', 'c']);
});

test('the state of another migration is not gone on with', async () => {
  const journal = await openJournal(path, ROUTE);
  await journal.noteDone(done('a'));
  await journal.close();
  const other = openJournal(path, { ...ROUTE, projectId: 'prj_2' });
  await expect(other).rejects.toThrow('--state');
  await (await openJournal(path, ROUTE)).close();
});
