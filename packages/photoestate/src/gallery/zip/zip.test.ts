import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { unzip } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planZip, readZip, type ZipEntry } from './plan.ts';
import { readRange } from './range.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'zip-test-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const modified = new Date('2026-05-01T10:20:30Z');
const contents = ['first', '', 'the third one'].map((text) => Buffer.from(text));
const entries: ZipEntry[] = contents.map((bytes, index) => ({
  name: `12-main-street-0${index + 1}.jpg`,
  size: bytes.length,
  crc32: crc32(bytes),
  modified,
}));

async function* open(entry: number, { start, end }: { start: number; end: number }) {
  yield (contents[entry] ?? Buffer.alloc(0)).subarray(start, end);
}

async function read(start: number, end: number): Promise<Buffer> {
  return Buffer.concat(
    await Readable.from(readZip(planZip(entries), { start, end }, open)).toArray(),
  );
}

test('an archive is read by others, and its length was known', async () => {
  const { size } = planZip(entries);
  const bytes = await read(0, size);
  expect(bytes.length).toBe(size);
  const path = join(dir, 'small.zip');
  const file = openSync(path, 'w');
  writeSync(file, bytes);
  closeSync(file);
  const found = await unzip(path);
  expect(found.map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
  expect(await Promise.all(found.map((entry) => entry.bytes()))).toEqual(contents);
});

test('any two parts of it make the whole', async () => {
  const { size } = planZip(entries);
  const whole = await read(0, size);
  for (let at = 0; at <= size; at += 7) {
    expect(Buffer.concat([await read(0, at), await read(at, size)]).equals(whole), `${at}`).toBe(
      true,
    );
  }
});

test('beyond 4 GB, in one file and in all, others still find everything', async () => {
  const GB = 1024 ** 3;
  const last = Buffer.from('behind five gigabytes');
  const large: ZipEntry[] = [
    { name: 'a.jpg', size: 3 * GB, crc32: 0, modified },
    { name: 'b.jpg', size: 5 * GB, crc32: 0, modified },
    { name: 'c.jpg', size: last.length, crc32: crc32(last), modified },
  ];
  const { segments, size } = planZip(large);
  const path = join(dir, 'large.zip');
  const file = openSync(path, 'w');
  // The photos are holes: what lies between them is what is looked at.
  ftruncateSync(file, size);
  let offset = 0;
  for (const segment of segments) {
    if ('bytes' in segment) writeSync(file, segment.bytes, 0, segment.length, offset);
    else if (segment.entry === 2) writeSync(file, last, 0, last.length, offset);
    offset += segment.length;
  }
  closeSync(file);
  const found = await unzip(path);
  expect(found.map(({ name, size: length }) => [name, length])).toEqual(
    large.map((entry) => [entry.name, entry.size]),
  );
  expect(found[2]?.offset).toBeGreaterThan(8 * GB);
  expect(await found[2]?.bytes()).toEqual(last);
});

test('a file that is not as long as it was ends the archive instead of shifting it', async () => {
  const { size } = planZip(entries);
  for (const change of [-1, 1]) {
    const other = async function* (entry: number, part: { start: number; end: number }) {
      yield Buffer.alloc(part.end - part.start + change * entry);
    };
    const all = Readable.from(readZip(planZip(entries), { start: 0, end: size }, other)).toArray();
    await expect(all).rejects.toThrow('bytes of a file');
  }
});

test.each([
  [undefined, null],
  ['bytes=0-', { start: 0, end: 100 }],
  ['bytes=10-19', { start: 10, end: 20 }],
  ['bytes=90-200', { start: 90, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-200', { start: 0, end: 100 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=20-10', null],
  ['bytes=0-1,5-6', null],
  ['lines=1-2', null],
])('the range %s', (header, expected) => {
  expect(readRange(header, 100)).toEqual(expected);
});
