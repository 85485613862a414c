import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.ts';
import { isObject } from './state-file.ts';

/** A fingerprint of everything that a build of `apps/<app>` reads. */
export function sourceHash(app: string): string {
  const hash = createHash('sha256').update(process.version);
  const files = [join(root, 'package-lock.json'), join(root, 'tsconfig.json')];
  for (const folder of workspacesOf(join('apps', app))) {
    files.push(...filesBelow(join(root, folder)));
  }
  for (const file of files.sort()) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The workspace in `folder` and those that it stands on, as folders below the root. */
export function workspacesOf(folder: string): string[] {
  const names = workspaceNames();
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const manifest = readManifest(join(root, path));
    for (const name of dependencyNames(manifest)) {
      const target = names.get(name);
      if (target) visit(target);
    }
  };
  visit(folder);
  return [...found].sort();
}

function workspaceNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const folder of readdirSync(join(root, 'packages'))) {
    const path = join('packages', folder);
    if (!existsSync(join(root, path, 'package.json'))) continue;
    names.set(String(readManifest(join(root, path))['name']), path);
  }
  return names;
}

function dependencyNames(manifest: Readonly<Record<string, unknown>>): string[] {
  const dependencies = manifest['dependencies'];
  return isObject(dependencies) ? Object.keys(dependencies) : [];
}

function readManifest(folder: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return isObject(value) ? value : {};
}

const NOT_SOURCE = new Set(['node_modules', '.next', 'dist', 'next-env.d.ts']);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_SOURCE.has(entry.name) || /\.test\.tsx?$|\.tsbuildinfo$/.test(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
