import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-cli-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function run(args: readonly string[]): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, errors };
}

describe('a file of options', { timeout: 30_000 }, () => {
  it.each([
    ['null', 'to be an object but received null'],
    ['[]', 'to be an object but received []'],
    ['"natural"', 'to be an object but received "natural"'],
    ['{"output": 5}', 'Expected output to be an object but received 5'],
    ['{', 'is not valid JSON'],
    ['{"previews": []}', 'the command writes one photo'],
  ])('that holds %s is refused in words', async (text, words) => {
    await writeFile(join(folder, 'options.json'), text);
    const { code, errors } = await run(['a.jpg', '-o', 'b.jpg', '--options', 'options.json']);
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/TypeError|at file:/);
    expect(code).toBe(2);
  });
});

describe('a wrong call', { timeout: 30_000 }, () => {
  it.each([
    [['--max-width', '800px'], 'a whole number after --max-width but received "800px"'],
    [['--quality', 'abc'], 'a whole number after --quality but received "abc"'],
    [['--threads', 'two'], 'a whole number after --threads but received "two"'],
    [['--report', 'nowhere/r.json'], 'There is no folder'],
    [['--first-look', 'nowhere/f.jpg'], 'There is no folder'],
  ])('with %j is refused before any work', async (args, words) => {
    const { code, errors } = await run(['a.jpg', '-o', 'b.jpg', ...args]);
    expect(errors).toContain(words);
    expect(code).toBe(2);
  });
});
