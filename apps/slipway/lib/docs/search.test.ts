import { expect, test } from 'vitest';
import { search, searchWhole } from './search.ts';
import { searchIndex } from './search-index.ts';

const index = searchIndex();

test.each([
  ['nextjs', '/docs/start/next'],
  ['next.js', '/docs/start/next'],
  ['presigned url', '/docs/guides/private-files'],
  ['pre-signed urls', '/docs/guides/private-files'],
  ['resize image', '/docs/pictures'],
  ['resizing images', '/docs/pictures'],
  ['image transformations', '/docs/pictures'],
  ['thumbnail', '/docs/pictures'],
  ['progress bar', '/docs/start/next'],
  ['drag and drop', '/docs/start/next'],
  ['python', '/docs/start/api'],
  ['how to upload from php', '/docs/start/api'],
  ['go', '/docs/start/api'],
  ['vue', '/docs/start/element'],
  ['express', '/docs/start/express'],
  ['docker', '/docs/self-hosting'],
  ['self hosting', '/docs/self-hosting'],
  ['s3 bucket', '/docs/self-hosting'],
  ['rate limiting', '/docs/limits'],
  ['max file size', '/docs/rules'],
  ['api keys', '/docs/keys'],
  ['webhook signature', '/docs/webhooks'],
  ['webhooks', '/docs/webhooks'],
  ['pricing', '/docs/plans'],
  ['migrate from uploadthing', '/docs/guides/migrating-uploadthing'],
  ['quickstart', '/docs'],
  ['environment variables', '/docs/self-hosting/environment'],
  ['install', '/docs/start/install'],
  ['file_too_large', '/docs/errors/file_too_large'],
])('%s leads to %s', (query, page) => {
  const hits = search(index, query).map(({ entry }) => entry.href.split('#')[0]);
  expect(hits[0], hits.join(' ')).toBe(page);
});

test('beside files only whole finds are shown, and a name with a dot is one', () => {
  const first = (query: string) => searchWhole(index, query)[0]?.entry.href;
  expect(first('next.js')).toBe('/docs/start/next');
  expect(first('presigned url')).toBe('/docs/guides/private-files');
  expect(first('fastify zebra')).toBeUndefined();
  expect(search(index, 'words.t')).not.toEqual([]);
  expect(first('words.t')).toBeUndefined();
});
