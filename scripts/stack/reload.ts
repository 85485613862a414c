import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import type { Product } from './products.ts';
import { root } from './root.ts';
import { workspacesOf } from './source-hash.ts';
import type { Terminal } from './terminal.ts';

/** Long enough for an editor or a branch switch to finish writing. */
const SETTLE_MS = 200;

/**
 * Next reloads the pages itself; the server around them is started again when its own code
 * changes. Returns what ends the watching.
 */
export function restartOnChange(product: Product, app: App, terminal: Terminal): () => void {
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  const onChange = (name: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      terminal.say(`${product.app}  ${name} changed, starting again`);
      restarting = restarting.then(() => app.restart());
    }, SETTLE_MS);
  };
  const watchers = serverFolders(product.app).map((folder) => watchSources(folder, onChange));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function serverFolders(app: string): string[] {
  const packages = workspacesOf(join('apps', app)).filter(
    (folder) => folder.startsWith('packages') && !folder.endsWith('/ui'),
  );
  return [...packages.map((folder) => join(folder, 'src')), join('apps', app)];
}

function watchSources(folder: string, onChange: (name: string) => void): FSWatcher {
  const isApp = folder.startsWith('apps');
  // In an app folder only the files beside main.ts are the server's; below lie Next's pages.
  const watcher = watch(join(root, folder), { recursive: !isApp }, (_event, name) => {
    if (name && /\.(ts|wasm|sql)$/.test(name) && !/\.test\.ts$|\.config\.ts$|\.d\.ts$/.test(name)) {
      onChange(join(folder, name));
    }
  });
  watcher.on('error', () => undefined);
  return watcher;
}
