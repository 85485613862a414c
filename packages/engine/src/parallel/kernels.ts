import { readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';

/** Every kernel module, and the functions it exports. A call names one as `module.function`. */
const MODULES = ['planes', 'pyramid', 'output'] as const;

const BUILD = new URL('../../build/', import.meta.url);

export type KernelModules = Readonly<Record<string, WebAssembly.Module>>;

let loaded: Promise<KernelModules> | undefined;

/** Reads and compiles the kernels, once per process. @throws EngineError `internal` when they are not built */
export function loadKernels(): Promise<KernelModules> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<KernelModules> {
  const modules: Record<string, WebAssembly.Module> = {};
  for (const name of MODULES) modules[name] = await compile(name);
  return modules;
}

async function compile(name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await readFile(new URL(`${name}.wasm`, BUILD)));
  } catch (cause) {
    throw new EngineError(
      'internal',
      'The engine is not built: run "npm run build:kernels" and try again.',
      { cause },
    );
  }
}
