import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPackage } from '../scripts/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'));
const installed = join(folder, 'node_modules/slipway');
const repository = join(import.meta.dirname, '../../..');

beforeAll(async () => {
  const dist = join(folder, 'dist');
  await buildPackage(dist);
  const packed = execFileSync(
    'npm',
    ['pack', '--json', '--pack-destination', folder, '--offline'],
    {
      cwd: dist,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  );
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Manifest {
  readonly exports: Readonly<
    Record<string, string | { readonly types: string; readonly default: string }>
  >;
  readonly dependencies?: unknown;
}

describe('the published package', () => {
  test('holds every file its exports name, and depends on nothing', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
    const files = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : [entry.types, entry.default],
    );
    expect(files).toHaveLength(new Set(files).size);
    for (const file of files) expect(existsSync(join(installed, file)), file).toBe(true);
    expect(manifest.dependencies).toBeUndefined();
    expect(existsSync(join(installed, 'README.md')) && existsSync(join(installed, 'LICENSE'))).toBe(
      true,
    );
  });

  test('is imported by plain Node without TypeScript, React or configuration', () => {
    const code = `
      const { createSlipway, createUploadHandler, route } = await import('slipway/server');
      const { createRouteHandler } = await import('slipway/next');
      const { createUploader } = await import('slipway/client');
      for (const name of ['hono', 'express', 'fastify', 'element', 'testing']) await import('slipway/' + name);
      const { GET } = createRouteHandler({ routes: { a: route().public() } });
      const answer = await (await GET(new Request('http://x/api'))).json();
      const error = await createSlipway().project().catch((reason) => reason.code);
      console.log(JSON.stringify([typeof createUploadHandler, typeof createUploader, Object.keys(answer.routes), error]));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, SLIPWAY_API_KEY: '', SLIPWAY_URL: '' },
    });
    expect(JSON.parse(output)).toEqual(['function', 'function', ['a'], 'invalid_configuration']);
  });

  test('marks only React as client code', () => {
    expect(readFileSync(join(installed, 'react.js'), 'utf8')).toMatch(/^['"]use client['"]/);
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((each) => each.endsWith('.js') && each !== 'react.js'))
      expect(readFileSync(join(installed, name), 'utf8'), name).not.toContain('use client');
  });

  test('has one UploadError, whichever file it is imported from', () => {
    const code = `
      const [a, b] = await Promise.all([import('slipway/client'), import('slipway/react')]);
      console.log(a.UploadError === b.UploadError);`;
    symlinkSync(join(repository, 'node_modules/react'), join(folder, 'node_modules/react'));
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output).toBe('true\n');
  });

  describe('gives types to a strict project', () => {
    beforeAll(() => {
      mkdirSync(join(folder, 'node_modules/@types'));
      symlinkSync(
        join(repository, 'node_modules/@types/react'),
        join(folder, 'node_modules/@types/react'),
      );
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    });

    test('of Node', () => {
      const app = `import { createSlipway, route } from 'slipway/server';
       import { createUploadComponents } from 'slipway/react';
       const uploads = { a: route({ maxSize: '4MB' }).authorize(() => ({ userId: 'anna' })).onComplete(({ metadata }) => ({ by: metadata.userId })) };
       const { useUpload } = createUploadComponents<typeof uploads>();
       export const by = (): string | undefined => useUpload({ route: 'a' }).items[0]?.serverData?.by;
       export const name: Promise<string> = createSlipway().files.get('x').then((file) => file.name);
       // @ts-expect-error -- there is no such route
       export const wrong = () => useUpload({ route: 'b' });`;
      expect(complaints('nodenext', { 'app.ts': app })).toBe('');
    }, 30_000);

    test('of Node that knows nothing of the DOM, and looks into the declarations', () => {
      for (const name of ['node', '../undici-types'])
        symlinkSync(
          join(repository, 'node_modules/@types', name),
          join(folder, 'node_modules/@types', name),
        );
      const server = `import { createSlipway, createUploadHandler, route } from 'slipway/server';
       export { createRouteHandler as a } from 'slipway/express';
       export { createRouteHandler as b } from 'slipway/fastify';
       export { startTestSlipway } from 'slipway/testing';
       export const file = createSlipway().upload(new Uint8Array(1), { name: 'a', visibility: 'private' });
       export const handler = createUploadHandler({ routes: { a: route().public() } });`;
      const own = { lib: ['es2022'], types: ['node'], skipLibCheck: false };
      expect(complaints('nodenext', { 'server.ts': server }, own)).toBe('');
    }, 30_000);

    test('that copies the quick start, which is twelve lines at most', () => {
      const readme = readFileSync(join(installed, 'README.md'), 'utf8');
      const blocks = [...readme.matchAll(/```tsx?[^\n]*\n\/\/ (app\/\S+)\n([\s\S]*?)```/g)];
      const files = Object.fromEntries(blocks.map(([, path = '', code = '']) => [path, code]));
      expect(Object.keys(files)).toEqual(['app/api/slipway/route.ts', 'app/page.tsx']);
      const lines = Object.values(files)
        .join('\n')
        .split('\n')
        .filter((line) => line.trim());
      expect(lines.length).toBeLessThanOrEqual(12);
      expect(complaints('preserve', files)).toBe('');
    }, 30_000);
  });
});

/** What the compiler says to these files in a project that has installed the package. */
function complaints(
  module: 'nodenext' | 'preserve',
  files: Readonly<Record<string, string>>,
  own: object = {},
): string {
  for (const [name, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  }
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    module,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    noEmit: true,
    jsx: 'react-jsx',
    types: [],
    ...own,
  };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: Object.keys(files) }),
  );
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' }).stdout;
}

describe('what a user downloads', () => {
  test.each([
    ['UploadButton with everything it needs', 'react', '{ UploadButton }', 8],
    ['the upload handler', 'server', '{ createUploadHandler, route }', 15],
    ['the whole server entry', 'server', '*', 15],
    ['the adapter of Express', 'express', '{ createRouteHandler, route }', 15],
    ['the web component with everything it needs', 'element', '*', 10],
  ])('%s from %s stays small', async (...[, entry, names, limit]) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `export ${names} from './src/${entry}/index.ts'`,
        resolveDir: dirname(import.meta.dirname),
        loader: 'ts',
      },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      external: ['react', 'react/jsx-runtime'],
    });
    expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThanOrEqual(
      limit * 1024,
    );
  });
});
