import { expect, test } from 'vitest';
import { alteredWords, credentialsWords } from './provenance.ts';

const elm = { by: 'Elm Studio' };

test.each([
  ['nothing is signed', [null, null], null],
  ['there is nothing', [], null],
  ['all are', [elm, elm], 'Every download carries Content Credentials, signed by Elm Studio.'],
  [
    'some are',
    [elm, null, elm],
    'The downloads of 2 of 3 photos carry Content Credentials, signed by Elm Studio.',
  ],
  ['the page names nobody', [{ by: null }], 'Every download carries Content Credentials.'],
  [
    'the certificate changed in between',
    [elm, { by: 'Oak Studio' }],
    'Every download carries Content Credentials, signed by Elm Studio, Oak Studio.',
  ],
])('what is said of signatures when %s', (_when, photos, words) => {
  expect(credentialsWords(photos)).toBe(words);
});

const plain = { altered: [], done: ['Sharpened'] };
const sky = { altered: ['Sky replaced'], done: ['Sky replaced'] };
const unknown = { altered: [], done: null };

test.each([
  [[plain, sky], '1 of 2 photos is digitally altered.'],
  [[sky, sky, unknown], '2 of 3 photos are digitally altered.'],
  [[sky], 'The photo is digitally altered.'],
  [[plain, plain], 'Photographic work only: nothing was added to the scene, hidden or replaced.'],
  // Of what nobody recorded nothing is promised.
  [[plain, unknown], null],
  [[], null],
])('what is said of alterations in %j', (photos, words) => {
  expect(alteredWords(photos)).toBe(words);
});
