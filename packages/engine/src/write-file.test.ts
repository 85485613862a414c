import { execFile } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './write-file.ts';

const run = promisify(execFile);

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

test('a link stays one, and the file that it leads to is replaced', async () => {
  await mkdir(join(folder, 'there'));
  const [path, real] = [join(folder, 'photo.jpg'), join(folder, 'there', 'real.jpg')];
  await writeFile(real, 'before');
  await symlink('there/real.jpg', path);
  await writeWhole(path, 'new');
  expect(await readlink(path)).toBe('there/real.jpg');
  expect(await readFile(real, 'utf8')).toBe('new');
  expect(await readdir(join(folder, 'there'))).toEqual(['real.jpg']);

  await rm(real);
  await writeWhole(path, 'made');
  expect(await readFile(real, 'utf8')).toBe('made');
  expect((await lstat(path)).isSymbolicLink()).toBe(true);
});

test('who may read and write a file stays as it was', async () => {
  const path = join(folder, 'photo.jpg');
  // The last is one that new files are usually not given.
  for (const mode of [0o600, 0o444, 0o666]) {
    await writeFile(path, 'before');
    await chmod(path, mode);
    await writeWhole(path, 'new');
    expect((await stat(path)).mode & 0o777).toBe(mode);
    await rm(path);
  }
  await writeFile(join(folder, 'usual'), '');
  await writeWhole(path, 'new');
  expect((await stat(path)).mode).toBe((await stat(join(folder, 'usual'))).mode);
});

test('a pipe is written to', async () => {
  const [path, linked] = [join(folder, 'pipe'), join(folder, 'linked')];
  await run('mkfifo', [path]);
  await symlink(path, linked);
  for (const name of [path, linked]) {
    const [, seen] = await Promise.all([writeWhole(name, 'report'), readFile(path, 'utf8')]);
    expect(seen).toBe('report');
  }
  expect((await lstat(path)).isFIFO()).toBe(true);
});

test('so is one without a name, as the output of a process', async () => {
  const module = JSON.stringify(new URL('./write-file.ts', import.meta.url).href);
  const script = `import(${module}).then((all) => all.writeWhole('/dev/stdout', 'report'))`;
  const { stdout } = await run('sh', ['-c', '"$0" -e "$1" | cat', process.execPath, script]);
  expect(stdout).toBe('report');
});

test('a name may be as long as any', async () => {
  const name = `${'n'.repeat(251)}.jpg`;
  await writeWhole(join(folder, name), 'photo');
  expect(await readdir(folder)).toEqual([name]);
});

test('of many that write to one path at once, one wins as a whole', async () => {
  const path = join(folder, 'photo.jpg');
  const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000));
  await Promise.all(texts.map((text) => writeWhole(path, text)));
  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['photo.jpg']);
});

test('nothing is written through a link that lies where the unfinished file used to', async () => {
  const [path, other] = [join(folder, 'photo.jpg'), join(folder, 'other')];
  await writeFile(other, 'kept');
  await symlink(other, `${path}.${process.pid}.part`);
  await writeWhole(path, 'photo');
  expect(await readFile(other, 'utf8')).toBe('kept');
  expect((await lstat(path)).isFile()).toBe(true);
});
