import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../failure.ts';

export interface NextApp {
  readonly root: string;
  /** The folder of the app router, below the root. */
  readonly app: string;
  readonly isTyped: boolean;
  readonly hasSlipway: boolean;
  /** How this project installs a package. */
  readonly install: string;
}

/** @throws when the folder is no Next.js app with an app router, saying what was expected. */
export async function findNextApp(root: string): Promise<NextApp> {
  const manifest = await readManifest(join(root, 'package.json'));
  const has = (name: string) =>
    Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, name);
  if (!has('next'))
    throw new CliError(
      'no_next_app',
      `Expected "next" among the dependencies of ${join(root, 'package.json')}. Make an app first: npx create-next-app@latest`,
    );
  // Where there are both, Next.js looks at the one in the root alone.
  const app = (await isFolder(join(root, 'app')))
    ? 'app'
    : (await isFolder(join(root, 'src/app')))
      ? 'src/app'
      : null;
  if (app === null)
    throw new CliError(
      'no_app_router',
      `Expected a folder "app" or "src/app" in ${root}: the files are for Next.js’s app router.`,
    );
  return {
    root,
    app,
    isTyped: await exists(join(root, 'tsconfig.json')),
    hasSlipway: has('slipway'),
    install: await installCommand(root),
  };
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest;
  } catch {
    throw new CliError('no_package', `Expected a package.json at ${path}. Run this in your app.`);
  }
}

async function installCommand(root: string): Promise<string> {
  const managers = [
    ['pnpm-lock.yaml', 'pnpm add slipway'],
    ['yarn.lock', 'yarn add slipway'],
    ['bun.lock', 'bun add slipway'],
    ['bun.lockb', 'bun add slipway'],
  ] as const;
  for (const [file, command] of managers) if (await exists(join(root, file))) return command;
  return 'npm install slipway';
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
