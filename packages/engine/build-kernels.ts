import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Compiles every kernel of `kernels/` to `build/<name>.wasm`, when a source, this file or the
 * compiler changed since the last time. The same sources give the same bytes.
 */

const SOURCES = new URL('./kernels/', import.meta.url);
const BUILD = new URL('./build/', import.meta.url);

const FLAGS = [
  ...['--enable', 'simd', '--enable', 'threads'],
  // All kernels work on one memory that all threads share; none of them has data of its own in it.
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--runtime', 'stub', '-O3', '--noAssert'],
];

/** @returns names of the kernels that were compiled; none when all were up to date */
export async function buildKernels(): Promise<readonly string[]> {
  const files = (await readdir(SOURCES, { recursive: true })).filter(isSource).sort();
  const stamp = await stampOf(files);
  if ((await readFile(new URL('stamp', BUILD), 'utf8').catch(() => '')) === stamp) return [];
  // What lies in folders is imported by kernels.
  const names = files.filter((name) => !name.includes('/')).map((name) => name.slice(0, -3));
  await mkdir(BUILD, { recursive: true });
  for (const file of await readdir(BUILD))
    if (file.endsWith('.wasm') && !names.includes(file.slice(0, -5)))
      await rm(new URL(file, BUILD));
  for (const name of names) {
    const target = new URL(`${name}.wasm`, BUILD);
    const half = new URL(`${name}.wasm.${process.pid}`, BUILD);
    await writeFile(half, await compile(name));
    await rename(half, target);
  }
  await writeFile(new URL('stamp', BUILD), stamp);
  return names;
}

/** The binary of one kernel. @throws Error with the compiler's words */
export async function compile(name: string): Promise<Uint8Array> {
  // Loaded late: most of the time there is nothing to compile.
  const { default: asc } = await import('assemblyscript/asc');
  let binary: Uint8Array | null = null;
  const result = await asc.main([`${name}.ts`, '--outFile', 'out.wasm', ...FLAGS], {
    readFile: (file) => readFile(new URL(file, SOURCES), 'utf8').catch(() => null),
    writeFile: (_file, contents) => {
      if (contents instanceof Uint8Array) binary = contents;
    },
    listFiles: () => null,
  });
  if (result.error !== null || binary === null)
    throw new Error(`Kernel "${name}" does not compile.\n${result.stderr.toString()}`);
  return binary;
}

function isSource(name: string): boolean {
  return name.endsWith('.ts');
}

async function stampOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const { version } = createRequire(import.meta.url)('assemblyscript/package.json') as {
    version: string;
  };
  hash.update(version);
  for (const file of [...files, '../build-kernels.ts'])
    hash.update(file).update(await readFile(new URL(file, SOURCES)));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildKernels();
}
