import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnhanceReport, Recipe } from './enhance.ts';
import { makeBracket } from './testing/pictures.ts';

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
    ['{"recipe": 5}', 'Expected the recipe in "options.json" to be an object but received 5'],
    ['{"steps": [], "measurements": {}}', 'is a report without its recipe'],
    ['{"engine": "0", "options": {"sharp": 1}}', 'Unknown option "sharp"'],
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

describe('a recipe', { timeout: 60_000 }, () => {
  const photos = ['dark.jpg', 'bright.jpg'];
  let told: { report: EnhanceReport; recipe: Recipe };

  beforeAll(async () => {
    const frames = await makeBracket({ width: 240, height: 160, evs: [-2, 1] });
    for (const [i, { bytes }] of frames.entries())
      await writeFile(join(folder, photos[i] ?? ''), bytes);
    const wishes = { steps: { tone: { lift: 0.9 }, verticals: false } };
    await writeFile(join(folder, 'wishes.json'), JSON.stringify(wishes));
    const { code } = await run([
      ...[...photos, '-o', 'first.jpg', '-p', 'luxury', '--quality', '80', '-q'],
      ...['--options', 'wishes.json', '--report', 'report.json', '--first-look', 'look.jpg'],
    ]);
    expect(code).toBe(0);
    told = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
    await writeFile(join(folder, 'recipe.json'), JSON.stringify(told.recipe));
  });

  it.each(['recipe.json', 'report.json'])('given as %s makes the same photo', async (file) => {
    const { code, errors } = await run([...photos, '-o', 'again.jpg', '--options', file, '-q']);
    expect(code).toBe(0);
    expect(errors).not.toContain('recipe');
    const [first, again] = [
      await readFile(join(folder, 'first.jpg')),
      await readFile(join(folder, 'again.jpg')),
    ];
    expect(again.equals(first)).toBe(true);
  });

  it('says so when the photos are others, and when the engine was', async () => {
    const other = { ...told.recipe, engine: '0.0.1' };
    await writeFile(join(folder, 'other.json'), JSON.stringify(other));
    const { code, errors } = await run([
      ...['bright.jpg', '-o', 'other.jpg', '--options', 'other.json', '-q'],
    ]);
    expect(code).toBe(0);
    expect(errors).toContain('The recipe is of engine 0.0.1');
    expect(errors).toContain('was made for dark.jpg, bright.jpg; given are bright.jpg');
  });

  it('leaves no room for a preset', async () => {
    const { code, errors } = await run([
      ...[...photos, '-o', 'b.jpg', '--options', 'recipe.json', '-p', 'bright'],
    ]);
    expect(errors).toContain('--preset would change none of them');
    expect(code).toBe(2);
  });
});

describe('the disk', { timeout: 30_000 }, () => {
  it('is named with path and reason when a file cannot be read or written', async () => {
    const gone = await run(['gone.jpg', '-o', 'b.jpg', '-q']);
    expect(gone.errors).toContain(
      `"gone.jpg" cannot be read from "${join(folder, 'gone.jpg')}": there is no such file`,
    );
    const options = await run(['gone.jpg', '-o', 'b.jpg', '--options', 'none.json']);
    expect(options.errors).toContain('cannot be read from "none.json": there is no such file');
    await mkdir(join(folder, 'taken.jpg'));
    const [frame] = await makeBracket({ width: 96, height: 64, evs: [0] });
    await writeFile(join(folder, 'one.jpg'), frame?.bytes ?? '');
    const written = await run(['one.jpg', '-o', 'taken.jpg', '-q']);
    expect(written.errors).toContain(`cannot be written to "${join(folder, 'taken.jpg')}"`);
    expect([gone.code, options.code, written.code]).toEqual([1, 1, 1]);
    for (const { errors } of [gone, options, written]) expect(errors).not.toContain('    at ');
  });
});
