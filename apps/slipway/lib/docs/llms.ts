import { errorCodes } from '../error-codes.ts';
import { DOCS_NAV, DOCS_SLUGS } from './nav.ts';
import { withAddress } from './parse.ts';
import { readDocs } from './read.ts';

const ABOUT =
  'Slipway is file uploads for your app, on your own storage: a self-hostable upload platform with a typed SDK, verified uploads, webhooks and a REST API.';

/** The table of contents, after llmstxt.org. */
export function llmsText(url: string): string {
  const lines = ['# Slipway', '', `> ${ABOUT}`, '', `All of it in one file: ${url}/llms-full.txt`];
  for (const { title, pages } of DOCS_NAV) {
    lines.push('', `## ${title}`, '');
    for (const { href, label } of pages) lines.push(`- [${label}](${url}${href}): ${about(href)}`);
  }
  lines.push('', '## Machine-readable', '');
  lines.push(`- [OpenAPI](${url}/api/openapi.json): every call of the REST API`);
  return `${lines.join('\n')}\n`;
}

function about(href: string): string {
  if (href === '/docs/api') return 'Every call, field and answer';
  if (href === '/docs/errors') return 'Every error code, what it means and what to do';
  return readDocs(href.slice('/docs/'.length)).description;
}

/** Every page, one after the other. */
export function llmsFullText(url: string): string {
  const pages = DOCS_SLUGS.map((slug) => pageText(slug));
  const errors = errorCodes.map(
    ({ code, status, meaning, remedy }) => `- \`${code}\` (${status}): ${meaning} ${remedy}`,
  );
  const all = [`# Slipway\n\n> ${ABOUT}`, ...pages, `# Errors\n\n${errors.join('\n')}`];
  return withAddress(`${all.join('\n\n---\n\n')}\n`, url);
}

/** A page as Markdown without what only tests read. */
export function pageText(slug: string): string {
  const { title, description, markdown } = readDocs(slug);
  const clean = markdown.replaceAll(/^(```\w*).*$/gm, (line, fence: string) => {
    const title = /title="([^"]*)"/.exec(line)?.[1];
    return title === undefined ? fence : `${fence} ${title}`;
  });
  return `# ${title}\n\n${description}\n\n${clean}`;
}
