import { expect, test } from 'vitest';
import { newId, randomToken } from './index.ts';

test('an id carries its prefix and at least 128 bits', () => {
  expect(newId('file')).toMatch(/^file_[0-9A-Za-z]{22}$/);
});

test('ids do not repeat', () => {
  const seen = new Set(Array.from({ length: 10_000 }, () => newId('prj')));
  expect(seen.size).toBe(10_000);
});

test('every character of the alphabet is about equally likely', () => {
  const counts = new Map<string, number>();
  const total = 124_000;
  for (const char of randomToken(total)) counts.set(char, (counts.get(char) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 2,000 expected of each; 5 standard deviations are about 222.
  for (const count of counts.values()) expect(Math.abs(count - total / 62)).toBeLessThan(250);
});
