import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './write-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-write-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('what was there is replaced, not written over', async () => {
  const [path, other] = [join(folder, 'photo.jpg'), join(folder, 'same.jpg')];
  await writeFile(path, 'before');
  // Another name for the same file: it would change along if the file were opened for writing.
  await link(path, other);
  await writeWhole(path, new Uint8Array([110, 101, 119]));
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readFile(other, 'utf8')).toBe('before');
  expect((await readdir(folder)).sort()).toEqual(['photo.jpg', 'same.jpg']);
});

test('what cannot be finished leaves nothing behind', async () => {
  const path = join(folder, 'taken');
  await mkdir(path);
  await expect(writeWhole(path, 'photo')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['taken']);
  await expect(writeWhole(join(folder, 'no', 'photo.jpg'), 'photo')).rejects.toThrow();
});
