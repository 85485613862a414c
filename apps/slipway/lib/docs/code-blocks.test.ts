import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { marked, type Token, type Tokens } from 'marked';
import { expect, test } from 'vitest';
import { DOCS_SLUGS } from './nav.ts';
import { type CodeInfo, codeInfo } from './parse.ts';
import { readDocs } from './read.ts';

const root = join(import.meta.dirname, '../../../..');

interface Block extends CodeInfo {
  page: string;
  /** Its number on the page. */
  index: number;
  text: string;
}

const isCode = (token: Token): token is Tokens.Code => token.type === 'code';

const blocksOf = (page: string, tokens: readonly Token[]): Block[] =>
  tokens
    .filter(isCode)
    .map((token, index) => ({ ...codeInfo(token), page, index, text: token.text }));

const README = 'packages/sdk/README.md';

const blocks = [
  ...DOCS_SLUGS.flatMap((slug) => blocksOf(slug === '' ? 'index' : slug, readDocs(slug).tokens)),
  // What is published has the same promise.
  ...blocksOf(README, marked.lexer(readFileSync(join(root, README), 'utf8'))),
];

/** Generated from declarations that compile; `tests/house/docs-reference.test.ts` compares them. */
const GENERATED = 'reference/sdk';

/** What readers have of their own. */
const AMBIENT = `import type { SlipwayFile } from 'slipway/server';
declare global {
  interface User { readonly id: string }
  function currentUser(request: Request): Promise<User | null>;
  function savePhoto(photo: { id: string; owner: string; album: string }): Promise<void>;
  function saveAvatar(userId: string, fileId: string): Promise<void>;
  function handleOnce(id: string, event: unknown): Promise<void>;
  function show(what: unknown): void;
  const file: File & SlipwayFile;
  const slipway: import('slipway/server').Slipway;
  const db: {
    photo: { find(id: string): Promise<{ owner: string; fileId: string } | null> };
    reserve(userId: string, bytes: number, limit: number): Promise<boolean>;
    settle(userId: string, fileId: string, bytes: number): Promise<void>;
    oldFiles(): AsyncIterable<{ id: string; name: string; url: string }>;
    moved(oldId: string, fileId: string, sha256: string | null): Promise<void>;
  };
}
`;

function kindOf({ language, skip, page }: Block): string {
  if (skip !== undefined) return 'skipped';
  if (page === GENERATED) return 'generated';
  if (language === 'ts' || language === 'tsx') return 'compiled';
  if (language === 'sh') return 'run';
  return language === 'json' ? 'parsed' : 'nothing';
}

const ofKind = (kind: string) => blocks.filter((block) => kindOf(block) === kind);
const nameOf = ({ page, index }: Block) => `${page} #${index}`;

test('every code block is compiled, run, parsed or generated, or says why not', () => {
  expect(ofKind('nothing').map(nameOf)).toEqual([]);
  expect(
    ofKind('skipped')
      .filter(({ skip }) => !skip)
      .map(nameOf),
  ).toEqual([]);
  // More of them want a good reason each.
  expect(ofKind('skipped').map(nameOf)).toHaveLength(24);
  expect(ofKind('compiled').length).toBeGreaterThan(15);
  expect(ofKind('run').length).toBeGreaterThan(10);
});

test.each(ofKind('parsed').map((block) => [nameOf(block), block.text]))('%s is JSON', (_, text) => {
  expect(JSON.parse(text)).toBeTypeOf('object');
});

/** Samples with the name of a file lie there, so that one may import another. */
function pathOf({ page, index, title, language }: Block): string {
  return join(page.replaceAll('/', '-'), title ?? `sample-${index}.${language}`);
}

/** What the compiler says of these samples, with what readers have. */
async function compile(samples: readonly Block[], ambient?: string): Promise<string> {
  // Below the repository's packages, so that these are found as a reader's would be.
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'docs-code-'));
  try {
    for (const block of samples) {
      const path = join(folder, pathOf(block));
      expect(existsSync(path), `${nameOf(block)} has a title of its own`).toBe(false);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${block.text}\nexport {};\n`);
    }
    if (ambient !== undefined) writeFileSync(join(folder, 'ambient.d.ts'), ambient);
    const compilerOptions = {
      incremental: false,
      tsBuildInfoFile: null,
      allowUnreachableCode: true,
      noPropertyAccessFromIndexSignature: false,
    };
    const extending = join(root, 'tsconfig.json');
    const config = { extends: extending, compilerOptions, include: ['**/*'], exclude: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const compiler = join(dirname(typescript), 'bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder], {
      cwd: root,
    }).catch((error: { stdout: string }) => error);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('all TypeScript compiles against the SDK as it is', async () => {
  expect(await compile(ofKind('compiled'), AMBIENT)).toBe('');
});

test('files of the start pages need nothing of the reader: pasted, they run', async () => {
  const files = ofKind('compiled').filter(({ page, title }) => page.startsWith('start/') && title);
  const pages = new Set(files.map(({ page }) => page));
  for (const server of ['next', 'hono', 'express', 'fastify'])
    expect(pages).toContain(`start/${server}`);
  expect(await compile(files)).toBe('');
});
