import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBracket } from './testing/pictures.ts';

const README = new URL('../README.md', import.meta.url);
const ENGINE = new URL('./index.ts', import.meta.url);

let folder: string;
let examples: string[];

/** The exposures that the examples name, in a folder of their own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-readme-'));
  const frames = await makeBracket({ width: 240, height: 160 });
  for (const [index, name] of ['middle.jpg', 'dark.jpg', 'bright.jpg'].entries())
    await writeFile(join(folder, name), frames[index]?.bytes ?? '');
  const text = await readFile(README, 'utf8');
  examples = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code ?? '');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly errors: string };

/** Runs an example as it stands, but for where the package lies. */
async function run(index: number): Promise<Ended> {
  const code = (examples[index] ?? '').replace("'@repo/engine'", `'${ENGINE}'`);
  const script = join(folder, `example-${index}.mts`);
  await writeFile(script, code);
  const child = spawn(process.execPath, [script], { cwd: folder });
  let [out, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code: ended, out, errors };
}

describe('the examples of the README', { timeout: 60_000 }, () => {
  it('as a library: writes the photo, its previews, the first look and the recipe', async () => {
    const { code, out, errors } = await run(0);
    expect({ code, errors: errors.match(/Error|\((?:invalid_options|internal)\)/) }).toEqual({
      code: 0,
      errors: null,
    });
    expect(out).toContain('encode ');
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining([
        ...['finished.jpg', 'listing.jpeg', 'card.webp', 'first-look.jpg', 'recipe.json'],
      ]),
    );
    const recipe = JSON.parse(await readFile(join(folder, 'recipe.json'), 'utf8'));
    expect(recipe.options).toMatchObject({ preset: 'bright', output: { quality: 90 } });
  });

  it('grouping: three exposures are one scene', async () => {
    const { code, out } = await run(1);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s/g, '')).toContain("[['middle.jpg','dark.jpg','bright.jpg']]");
  });

  it('as a process of its own: writes files and tells their digests', async () => {
    const { code, out } = await run(2);
    expect(code).toBe(0);
    expect(out).toContain('first-look.jpg is there');
    expect(out).toMatch(/'preview\.webp',\s*\d+,\s*'[0-9a-f]{64}'/);
    expect(out).toMatch(/Canon EOS R5 2026-05-01T10:00:00\.000Z \d+/);
  });

  it('every flag of the command is explained, and no other', async () => {
    const [text, cli] = [
      await readFile(README, 'utf8'),
      await readFile(new URL('./cli.ts', import.meta.url), 'utf8'),
    ];
    const flagsOf = (lines: string): string[] =>
      [...new Set([...lines.matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag ?? ''))].sort();
    const usage = cli.slice(cli.indexOf('-o, --output'), cli.indexOf('Exit codes'));
    const rows = text.split('\n').filter((line) => /^\| `-/.test(line));
    expect(flagsOf(rows.join('\n'))).toEqual(flagsOf(usage));
  });
});
