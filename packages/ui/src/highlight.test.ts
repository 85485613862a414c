import { expect, it } from 'vitest';
import { highlight, type Language } from './highlight.ts';

const samples: [Language, string][] = [
  ['bash', 'curl -X POST "$URL/api" -H \'a: b\' # send\n'],
  ['ts', "import { a } from 'b'; // c\nconst t = `x`;"],
  ['json', '{ "a": 1, "b": ["c", true] }'],
  ['text', 'anything <at> all'],
];

it.each(samples)('%s: the tokens put together are the code', (language, code) => {
  expect(
    highlight(code, language)
      .map((token) => token.text)
      .join(''),
  ).toBe(code);
});

it('does not take a URL fragment for a comment', () => {
  const tokens = highlight('curl https://example.com/a#b', 'bash');
  expect(tokens.some((token) => token.kind === 'comment')).toBe(false);
});

it('tells keys from values in JSON', () => {
  const kinds = highlight('{"id":"file_1"}', 'json').filter((token) => token.kind !== 'plain');
  expect(kinds.map((token) => token.kind)).toEqual(['keyword', 'string']);
});
