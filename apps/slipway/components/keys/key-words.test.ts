import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { envLines } from './key-words.ts';

test('a key as .env is the two variables that SDK and CLI read', () => {
  const lines = envLines({ url: 'https://uploads.example.com', secret: 'sk_test_abc' });
  expect(parseEnv(lines)).toEqual({
    SLIPWAY_URL: 'https://uploads.example.com',
    SLIPWAY_API_KEY: 'sk_test_abc',
  });
  expect(lines.endsWith('\n')).toBe(true);
});
