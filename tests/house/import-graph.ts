import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root: string = join(import.meta.dirname, '..', '..');

/** Who may import which workspace. A name also allows what is below it; nothing else is allowed. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'apps/slipway': ['@repo/slipway', '@repo/foundation', '@repo/ui', 'slipway'],
  'apps/photoestate': ['@repo/photoestate', '@repo/foundation', '@repo/ui', 'slipway'],
  'packages/slipway': ['@repo/foundation'],
  'packages/photoestate': ['@repo/foundation', '@repo/engine', 'slipway'],
  'packages/engine': [],
  'packages/foundation': [],
  'packages/sdk': [],
  'packages/ui': [],
  'packages/cli': ['slipway'],
  'examples/next-app': ['slipway'],
  'examples/curl': [],
  'examples/fetch': [],
  'examples/photoestate': [],
  'tests/acceptance': ['slipway', '@repo/engine/test-pictures'],
  'tests/e2e': ['slipway', '@repo/engine/test-pictures'],
};

export interface Source {
  /** Below the root. */
  readonly file: string;
  readonly text: string;
}

/** What `source` imports and may not, one sentence each. */
export function importViolations({ file, text }: Source): string[] {
  const owner = ownerOf(file);
  if (owner === undefined) return [`${file} belongs to no package that the graph knows`];
  return specifiersIn(text).flatMap((specifier) => {
    const problem = problemOf(owner, file, specifier);
    return problem === undefined ? [] : [`${file} imports ${specifier}: ${problem}`];
  });
}

function problemOf(owner: string, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const target = relative(root, join(root, dirname(file), specifier));
    return isBelow(target, owner) ? undefined : `it leaves ${owner}`;
  }
  const workspace = workspaceOf(specifier);
  if (workspace === undefined || workspace === nameOf(owner)) return undefined;
  const allowed = ALLOWED[owner] ?? [];
  return allowed.some((name) => isBelow(specifier, name))
    ? undefined
    : `${owner} may import ${allowed.join(', ') || 'npm packages only'}`;
}

/** Declared dependencies that the graph does not have. */
export function manifestViolations(folder: string, manifest: Readonly<Manifest>): string[] {
  const allowed = ALLOWED[folder];
  if (allowed === undefined) return [`${folder} is not in the graph`];
  const declared = { ...manifest.dependencies, ...manifest.devDependencies };
  return Object.keys({ ...declared, ...manifest.peerDependencies })
    .filter((name) => workspaceOf(name) !== undefined)
    .filter((name) => !allowed.some((other) => isBelow(other, name)))
    .map((name) => `${folder} depends on ${name}`);
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/g;

function specifiersIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map((match) => match[2] ?? '');
}

const NAMES = new Set(workspaceFolders().map((folder) => readManifest(folder).name));

function workspaceOf(specifier: string): string | undefined {
  if (/^@(repo|apps)\//.test(specifier)) return specifier.split('/').slice(0, 2).join('/');
  const name = specifier.split('/')[0] ?? '';
  return NAMES.has(name) ? name : undefined;
}

function nameOf(owner: string): string | undefined {
  return existsSync(join(root, owner, 'package.json')) ? readManifest(owner).name : undefined;
}

function ownerOf(file: string): string | undefined {
  return Object.keys(ALLOWED).find((folder) => isBelow(file, folder));
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

export function workspaceFolders(): string[] {
  return ['apps', 'packages', 'examples']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

const NOT_SOURCE = new Set(['node_modules', '.next', 'dist', 'drizzle']);

/** Every source file that the graph speaks of. */
export function sourceFiles(): Source[] {
  return ['apps', 'packages', 'examples', 'tests/acceptance', 'tests/e2e'].flatMap(filesBelow);
}

function filesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (NOT_SOURCE.has(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(file);
    if (!/\.(ts|tsx|mts|mjs|js|jsx)$/.test(entry.name) || entry.name === 'next-env.d.ts') return [];
    return [{ file, text: readFileSync(join(root, file), 'utf8') }];
  });
}
