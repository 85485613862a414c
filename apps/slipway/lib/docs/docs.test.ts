import { SLIPWAY_ERRORS } from '@repo/slipway/errors';
import { expect, test } from 'vitest';
import { generateStaticParams } from '../../app/(site)/docs/errors/[code]/page.tsx';
import { uploadSamples } from '../samples.ts';
import { llmsFullText, llmsText } from './llms.ts';
import { DOCS_PAGES, DOCS_SLUGS } from './nav.ts';
import { slugOf } from './parse.ts';
import { readDocs } from './read.ts';
import { search } from './search.ts';
import { searchIndex } from './search-index.ts';

const index = searchIndex();
const firstHit = (query: string) => search(index, query)[0]?.entry.href;

test('every code of the API has a page', () => {
  const pages = generateStaticParams().map(({ code }) => code);
  expect(pages.sort()).toEqual(Object.keys(SLIPWAY_ERRORS).sort());
});

test('links between pages lead somewhere, also to headings', () => {
  const anchors = new Set(index.map(({ href }) => href));
  const known = new Set([...DOCS_PAGES.map(({ href }) => href), ...anchors]);
  for (const slug of DOCS_SLUGS) {
    for (const [, href = ''] of readDocs(slug).markdown.matchAll(/\]\((\/docs[^)]*)\)/g)) {
      expect(known, `${slug} links to ${href}`).toContain(href);
    }
  }
});

test('headings of a page have different anchors', () => {
  for (const slug of DOCS_SLUGS.filter((each) => each !== 'reference/sdk')) {
    const slugs = [...readDocs(slug).markdown.matchAll(/^#{2,3} (.+)$/gm)].map(([, text = '']) =>
      slugOf(text),
    );
    expect(new Set(slugs).size, slug).toBe(slugs.length);
  }
});

test('search finds codes, words by their beginning, and all words of a query or else some', () => {
  expect(firstHit('file_too_large')).toBe('/docs/errors/file_too_large');
  expect(firstHit('verify webh')).toBe('/docs/webhooks#verify-it');
  expect(firstHit('repeating post')).toBe('/docs/limits#repeating-a-post');
  expect(firstHit('fastify zebra')).toBe('/docs/start/fastify');
  expect(search(index, 'zebra')).toEqual([]);
  expect(search(index, '  ')).toEqual([]);
});

test('the index stays small', () => {
  expect(JSON.stringify(index).length).toBeLessThan(200_000);
});

test('llms.txt names every page, llms-full.txt has them all, with this server’s address', () => {
  const url = 'https://files.test';
  for (const { href } of DOCS_PAGES) expect(llmsText(url)).toContain(`(${url}${href})`);
  const full = llmsFullText(url);
  for (const slug of DOCS_SLUGS) expect(full).toContain(`# ${readDocs(slug).title}\n`);
  expect(full).not.toContain('uploads.example.com');
  expect(full).not.toContain('skip="');
});

test('the samples of other pages are those of the documentation, which are tested', () => {
  const { markdown } = readDocs('');
  for (const { code } of uploadSamples('https://uploads.example.com')) {
    const [first, ...rest] = code.split('\n');
    expect(markdown).toContain(rest.join('\n').trim());
    expect(first).toMatch(/^(export SLIPWAY_API_KEY|const api|\/\/ From a checkout)/);
  }
});
