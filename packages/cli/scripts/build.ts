import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

/** Builds what is published into a folder: one file of JavaScript, package.json, README, LICENSE. */
export async function buildPackage(out: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  // The SDK goes in, so that the command is always with the one it was tested with.
  const { slipway: _, ...dependencies } = manifest.dependencies;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const command = join(out, 'slipway.js');
  await build({
    entryPoints: [join(root, 'src/main.ts')],
    outfile: command,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: `node${manifest.engines.node.replace('>=', '')}`,
    external: Object.keys(dependencies),
    logLevel: 'warning',
  });
  chmodSync(command, 0o755);
  const { name, version, description, license, type, engines } = manifest;
  const published = {
    ...{ name, version, description, license, type, engines, dependencies },
    keywords: ['upload', 'file-upload', 's3', 'self-hosted', 'cli', 'uploadthing'],
    bin: { slipway: './slipway.js' },
  };
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  cpSync(join(root, 'README.md'), join(out, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
}

if (import.meta.main) await buildPackage(join(root, 'dist'));
