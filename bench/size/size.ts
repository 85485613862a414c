import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { reasonOf } from '../../scripts/stack/refusal.ts';
import { root } from '../../scripts/stack/root.ts';
import { type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';

interface Subject {
  readonly name: string;
  readonly code: string;
  /** Packages to fetch first; none for what is ours. */
  readonly packages: readonly string[];
  readonly platform: 'browser' | 'node';
}

const SDK = join(root, 'packages', 'sdk', 'src');
const UPPY = [
  '@uppy/core@6.3.1',
  '@uppy/aws-s3@6.3.1',
  '@uppy/dashboard@6.0.3',
  '@uppy/react@6.1.1',
];
const UPLOADTHING = ['uploadthing@7.7.4', '@uploadthing/react@7.3.3'];

const SUBJECTS: readonly Subject[] = [
  {
    name: 'Slipway, UploadButton: parts, resume, retry, pause, progress, drop, paste',
    code: `export { UploadButton } from '${SDK}/react/index.ts'`,
    packages: [],
    platform: 'browser',
  },
  {
    name: 'UploadThing 7.7, UploadButton',
    code: `import { generateUploadButton } from '@uploadthing/react'; export const UploadButton = generateUploadButton()`,
    packages: UPLOADTHING,
    platform: 'browser',
  },
  {
    name: 'Uppy 6, core and S3 without an interface',
    code: `import Uppy from '@uppy/core'; import AwsS3 from '@uppy/aws-s3'; export const make = () => new Uppy().use(AwsS3, {})`,
    packages: UPPY,
    platform: 'browser',
  },
  {
    name: 'Uppy 6, Dashboard and S3',
    code: `import Uppy from '@uppy/core'; import AwsS3 from '@uppy/aws-s3'; import Dashboard from '@uppy/dashboard'; export const make = () => new Uppy().use(AwsS3, {}).use(Dashboard, {})`,
    packages: UPPY,
    platform: 'browser',
  },
  {
    name: 'tus-js-client 4.3, Upload',
    code: `export { Upload } from 'tus-js-client'`,
    packages: ['tus-js-client@4.3.1'],
    platform: 'browser',
  },
  {
    name: 'Slipway, the upload handler on a server',
    code: `export { createUploadHandler, route } from '${SDK}/server/index.ts'`,
    packages: [],
    platform: 'node',
  },
  {
    name: 'UploadThing 7.7, the route handler on a server',
    code: `export { createRouteHandler, createUploadthing } from 'uploadthing/server'`,
    packages: UPLOADTHING,
    platform: 'node',
  },
];

/** What a user downloads, and what a route of theirs carries: minified, gzip -9, React left out. */
export async function benchSize({ folder, signal }: Stack): Promise<Report> {
  const home = join(folder, 'sizes');
  mkdirSync(home);
  const wanted = [...new Set(SUBJECTS.flatMap(({ packages }) => packages))];
  console.log(`Fetching ${wanted.length} packages to compare with …`);
  const fetched = await fetchPackages(home, { wanted, signal });
  const rows: (string | number | undefined)[][] = [];
  let ours = 0;
  for (const subject of SUBJECTS) {
    if (!fetched && subject.packages.length > 0) {
      rows.push([subject.name, 'not fetched', undefined]);
      continue;
    }
    const bytes = await sizeOf(home, subject);
    if (subject.packages.length === 0) ours = bytes;
    rows.push([subject.name, bytes, subject.packages.length === 0 ? undefined : bytes / ours]);
  }
  const text = [
    'Bundles, minified by esbuild and gzip -9, React left out; each peer beside ours above it',
    '',
    table(['', 'bytes', 'this/ours'], rows),
  ].join('\n');
  return { text, problems: [] };
}

async function fetchPackages(
  home: string,
  { wanted, signal }: { wanted: readonly string[]; signal: AbortSignal },
): Promise<boolean> {
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted];
  try {
    await promisify(execFile)('npm', args, { cwd: home, signal });
    return true;
  } catch (error) {
    console.log(`They could not be fetched: ${reasonOf(error)}`);
    return false;
  }
}

async function sizeOf(home: string, { code, platform }: Subject): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: home, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    jsx: 'automatic',
    external: ['react', 'react-dom', 'react/jsx-runtime', 'next', 'next/*'],
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}
