import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const script = 'node_modules/@scalar/api-reference/dist/browser/standalone.js';

/** Workspaces keep packages at the root or beside the app, and a build may start in either. */
function find(folder: string): string {
  const path = join(folder, script);
  if (existsSync(/*turbopackIgnore: true*/ path)) return path;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error(`${script} was not found: is @scalar/api-reference installed?`);
  return find(parent);
}

/** The script that draws the API reference, from the installed package: an answer of an app's own origin. */
export async function referenceScript(): Promise<Response> {
  return new Response(await readFile(/*turbopackIgnore: true*/ find(process.cwd()), 'utf8'), {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    },
  });
}
