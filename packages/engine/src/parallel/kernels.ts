import { readdir, readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';

const BUILD = new URL('../../build/', import.meta.url);

/** By the name of their file in kernels/. A call names a function as `module.function`. */
export type KernelModules = Readonly<Record<string, WebAssembly.Module>>;

let loaded: Promise<KernelModules> | undefined;

/** Reads and compiles the kernels, once per process. @throws EngineError `internal` when they are not built */
export function loadKernels(): Promise<KernelModules> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<KernelModules> {
  try {
    const modules: Record<string, WebAssembly.Module> = {};
    const files = (await readdir(BUILD)).filter((name) => name.endsWith('.wasm')).sort();
    for (const file of files)
      modules[file.slice(0, -5)] = await WebAssembly.compile(await readFile(new URL(file, BUILD)));
    return modules;
  } catch (cause) {
    throw new EngineError(
      'internal',
      'The engine is not built: "npm start", "npm test" and "npm run enhance" do that.',
      { cause },
    );
  }
}
