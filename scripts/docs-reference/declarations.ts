import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Something that the SDK exports, as its declarations have it. */
export interface Declaration {
  name: string;
  /** What its comment says, without the stars. */
  comment: string;
  text: string;
}

/** The compiler's own declarations of the SDK's entries, in a folder that is gone afterwards. */
export function withDeclarations<Result>(
  { root, entries }: { root: string; entries: readonly string[] },
  use: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-types-'));
  const sdk = join(root, 'packages/sdk/src');
  try {
    const config = join(folder, 'tsconfig.json');
    const compilerOptions = {
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      stripInternal: true,
      rootDir: sdk,
      outDir: join(folder, 'types'),
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const files = entries.map((entry) => entryFile(sdk, entry));
    const extending = join(root, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({ extends: extending, compilerOptions, include: [], exclude: [], files }),
    );
    const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
    execFileSync(process.execPath, [join(dirname(compiler), 'bin/tsc'), '-p', config], {
      cwd: root,
      stdio: 'inherit',
    });
    return use(join(folder, 'types'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const entryFile = (sdk: string, entry: string) => join(sdk, entry, 'index.ts');

/** What an entry exports, in the order of its exports; what it passes on whole (`export *`) is told elsewhere. */
export function exportsOf(file: string): Declaration[] {
  const text = readFileSync(file, 'utf8');
  const near = (path: string) => resolve(dirname(file), path.replace(/\.tsx?$/, '.d.ts'));
  const found: Declaration[] = [];
  for (const match of text.matchAll(/^export (?:type )?\{([^}]*)\} from ['"](.+)['"];$/gm)) {
    const [, names = '', path = ''] = match;
    for (const name of names.split(',').map((part) => part.trim().replace(/^type /, ''))) {
      if (name !== '') found.push(declarationOf(near(path), name));
    }
  }
  for (const [, name = ''] of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:interface|type|function|class|const) (\w+)/gm,
  )) {
    found.push(declarationOf(file, name));
  }
  return found;
}

function declarationOf(file: string, name: string): Declaration {
  const text = readFileSync(file, 'utf8');
  const pattern = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^export (?:declare )?(?:interface|type|function|class|const) ${name}\\b`,
    'm',
  );
  const match = pattern.exec(text);
  if (match !== null) {
    const start = match.index + (match[1]?.length ?? 0);
    return {
      name,
      comment: commentText(match[1] ?? ''),
      text: text.slice(start, endOf(text, start)).replace(/^export (declare )?/, ''),
    };
  }
  const elsewhere = new RegExp(
    `^export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from ['"](.+)['"]`,
    'm',
  );
  const path = elsewhere.exec(text)?.[1];
  if (path === undefined) throw new Error(`${file} exports no ${name}`);
  return declarationOf(resolve(dirname(file), path.replace(/\.tsx?$/, '.d.ts')), name);
}

/** A declaration ends where its brackets are closed: at a semicolon, or behind a body. */
function endOf(text: string, start: number): number {
  let depth = 0;
  const isBody = /^export (?:declare )?(?:interface|class) /.test(text.slice(start, start + 40));
  for (let index = start; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (text.startsWith('/*', index)) index = text.indexOf('*/', index) + 1;
    else if ('{(['.includes(char)) depth += 1;
    else if ('})]'.includes(char)) {
      depth -= 1;
      if (depth === 0 && char === '}' && isBody) return index + 1;
    } else if (char === ';' && depth === 0) return index + 1;
  }
  return text.length;
}

function commentText(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/\n?$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();
}
