import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { root } from './root.ts';

/**
 * Loaded by Node as they are: Next and sharp bring files of their own, the
 * engine's child process is started from its source.
 */
const EXTERNAL = ['next', 'sharp', '@repo/engine', '@repo/engine/*', 'pg-native'];

/**
 * Bundles the servers' sources into `apps/<app>/dist` (see entry.ts). They run without it, too
 * (`npm run dev` does); from one file of 8 to 10 MB Slipway is loaded in 0.4 s of CPU instead of 2.1 s
 * and PhotoEstate Pro in 0.75 s instead of 2 s, each with at least 200 MB less memory (136 and 176 MB), because
 * Node does not resolve and strip a thousand modules.
 */
export async function bundleServer(app: string): Promise<void> {
  const folder = join(root, 'apps', app);
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [join(folder, 'main.ts'), join(folder, 'seed.ts')],
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // In chunks esbuild keeps no order of modules that do something when they are loaded, as the one does that
    // gives `.openapi` to zod: a start would fail or not by how files happen to be shared.
    splitting: false,
    external: EXTERNAL,
    plugins: [sourceDirnames],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  // Its service process would otherwise stay for as long as the products run.
  await stop();
}

/** CommonJS packages in the bundle call `require`; our sources ask for their own folder. */
const BANNER = `
import { createRequire as __createRequire } from 'node:module';
import { join as __join } from 'node:path';
const require = __createRequire(import.meta.url);
const __sourceDirname = (folder) => __join(import.meta.dirname, '..', '..', '..', folder);
`;

/** In the bundle `import.meta.dirname` would be `dist`; sources mean the folder that they are in. */
const sourceDirnames: Plugin = {
  name: 'source-dirnames',
  setup(builder) {
    builder.onLoad({ filter: /\/(apps|packages)\/.*\.ts$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const source = await readFile(path, 'utf8');
      const folder = JSON.stringify(relative(root, dirname(path)));
      return {
        loader: 'ts',
        contents: source.replaceAll('import.meta.dirname', `__sourceDirname(${folder})`),
      };
    });
  },
};
