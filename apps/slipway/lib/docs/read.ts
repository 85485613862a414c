import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocsSource, parseDocs } from './parse.ts';

/** Servers start in the repository or in the app's folder; the bundler moves this module elsewhere. */
function contentFolder(): string {
  const folders = ['content/docs', 'apps/slipway/content/docs'].map((path) =>
    join(/*turbopackIgnore: true*/ process.cwd(), path),
  );
  const found = folders.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`The documentation is in none of ${folders.join(', ')}`);
  return found;
}

/** The text of `/docs/<slug>`; `slug` is one of `DOCS_SLUGS`. */
export function readDocs(slug: string): DocsSource {
  const path = join(contentFolder(), `${slug === '' ? 'index' : slug}.md`);
  return parseDocs(readFileSync(/*turbopackIgnore: true*/ path, 'utf8'));
}
