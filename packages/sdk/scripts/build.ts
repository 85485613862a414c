import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const ENTRIES = [
  'client',
  'server',
  'next',
  'hono',
  'express',
  'fastify',
  'testing',
  'element',
  'react',
];

/** Builds what is published into a folder: ESM, declarations, package.json, README, LICENSE. */
export async function buildPackage(out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await writeJavaScript(out);
  writeDeclarations(out);
  writeManifest(out);
  cpSync(join(root, 'README.md'), join(out, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
}

/** All together, so that an UploadError is the same one in each; only React's own file is marked as client code. */
async function writeJavaScript(out: string): Promise<void> {
  const shared: BuildOptions = {
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[hash]',
    format: 'esm',
    target: 'es2022',
    outdir: out,
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime'],
    logLevel: 'warning',
  };
  const entry = (name: string) => ({ in: join(root, 'src', name, 'index.ts'), out: name });
  await build({ ...shared, entryPoints: ENTRIES.map(entry) });
  const react = join(out, 'react.js');
  const text = readFileSync(react, 'utf8');
  if (!/^['"]use client['"]/.test(text)) writeFileSync(react, `'use client';\n${text}`);
}

function writeDeclarations(out: string): void {
  const types = join(out, 'types');
  const config = join(out, 'tsconfig.json');
  const repository = resolve(root, '../..');
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(repository, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        incremental: false,
        tsBuildInfoFile: null,
        declaration: true,
        emitDeclarationOnly: true,
        rewriteRelativeImportExtensions: true,
        stripInternal: true,
        rootDir: join(root, 'src'),
        outDir: types,
        types: [],
        typeRoots: [join(repository, 'node_modules/@types')],
      },
      include: [],
      exclude: [],
      files: ENTRIES.map((name) => join(root, 'src', name, 'index.ts')),
    }),
  );
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(process.execPath, [compiler, '-p', config], { stdio: 'inherit', cwd: repository });
  rmSync(config);
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(types, name);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replaceAll(/(from |import\()(['"])(\.[^'"]+)\.tsx?\2/g, '$1$2$3.js$2'),
    );
  }
}

function writeManifest(out: string): void {
  const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const {
    name,
    version,
    description,
    license,
    type,
    sideEffects,
    peerDependencies,
    peerDependenciesMeta,
  } = source;
  const exports = Object.fromEntries(
    ENTRIES.map((entry) => [
      `./${entry}`,
      { types: `./types/${entry}/index.d.ts`, default: `./${entry}.js` },
    ]),
  );
  const manifest = {
    name,
    version,
    description,
    license,
    type,
    sideEffects,
    keywords: ['upload', 'file-upload', 's3', 'self-hosted', 'react', 'nextjs'],
    engines: { node: '>=20.3' },
    exports: { ...exports, './package.json': './package.json' },
    peerDependencies,
    peerDependenciesMeta,
  };
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.main) await buildPackage(join(root, 'dist'));
