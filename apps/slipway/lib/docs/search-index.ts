import type { Token, Tokens } from 'marked';
import { errorCodes } from '../error-codes.ts';
import { DOCS_PAGES, DOCS_SLUGS } from './nav.ts';
import { plainText, slugOf } from './parse.ts';
import { readDocs } from './read.ts';
import type { SearchEntry } from './search.ts';

/** An entry for each section of each page, and for each error code. */
export function searchIndex(): SearchEntry[] {
  return [...DOCS_SLUGS.flatMap(entriesOf), ...errorEntries()];
}

function entriesOf(slug: string): SearchEntry[] {
  const { title, description, tokens } = readDocs(slug);
  const href = slug === '' ? '/docs' : `/docs/${slug}`;
  const label = DOCS_PAGES.find((page) => page.href === href)?.label ?? title;
  const sections: { heading: string; tokens: Token[] }[] = [{ heading: '', tokens: [] }];
  for (const token of tokens) {
    if (token.type === 'heading') {
      sections.push({ heading: plainText((token as Tokens.Heading).tokens), tokens: [] });
    } else sections.at(-1)?.tokens.push(token);
  }
  return sections
    .filter(({ heading, tokens: own }) => heading !== '' || own.length > 0)
    .map(({ heading, tokens: own }) => ({
      href: heading === '' ? href : `${href}#${slugOf(heading)}`,
      page: label,
      heading,
      text: heading === '' ? `${title}. ${description} ${plainText(own)}` : plainText(own),
    }));
}

function errorEntries(): SearchEntry[] {
  return errorCodes.map(({ code, status, meaning, remedy }) => ({
    href: `/docs/errors/${code}`,
    page: 'Errors',
    heading: code,
    text: `${status} ${meaning} ${remedy}`,
  }));
}
