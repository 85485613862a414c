import { expect, test } from 'vitest';
import { clockWords, waitWords } from './wait-words.ts';

test.each([
  [0, '1 second', '0:00'],
  [29.2, '30 seconds', '0:30'],
  [60, '1 minute', '1:00'],
  [541, '10 minutes', '9:01'],
  [3600, '1 hour', '60:00'],
  [3601, '2 hours', '60:01'],
  [2_592_000, '30 days', '43200:00'],
])('%d s', (seconds, words, clock) => {
  expect([waitWords(seconds), clockWords(seconds)]).toEqual([words, clock]);
});
