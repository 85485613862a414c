import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatRelative,
  formatTimeLeft,
  parseBytes,
} from './format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [1024 * 1024 - 1, '1 MB'],
    [150 * 1024 * 1024, '150 MB'],
    [Number.NaN, '–'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('parseBytes', () => {
  it.each([
    ['12 MB', 12 * 1024 ** 2],
    ['1.5gb', 1.5 * 1024 ** 3],
    ['800', 800],
    ['64 KiB', 65_536],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'much', '-3 MB', '1 furlong'])('refuses "%s"', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });

  it('reads back what formatBytes writes', () => {
    expect(parseBytes(formatBytes(5 * 1024 ** 2))).toBe(5 * 1024 ** 2);
  });
});

describe('formatRelative', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  it.each([
    ['2026-03-10T11:59:50Z', 'just now'],
    ['2026-03-10T11:57:00Z', '3 min. ago'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-03-10T14:00:00Z', 'in 2 hr.'],
  ])('%s is %s', (value, text) => {
    expect(formatRelative(new Date(value), now)).toBe(text);
  });
});

it('formatDuration rounds to what a person waits by', () => {
  expect([0.2, 45, 90, 5400].map(formatDuration)).toEqual(['1 s', '45 s', '2 min', '1.5 h']);
});

describe('formatTimeLeft', () => {
  it.each([
    [-5, '1 min'],
    [61, '2 min'],
    [3600, '1 h'],
    [86_400, '24 h'],
    [86_460, '24 h'],
    [604_800, '7 days'],
    [604_860, '7 days'],
    [608_400, '8 days'],
    [63_072_000, '730 days'],
    [126_230_400, '4 years'],
  ])('%d s are %s', (seconds, text) => {
    expect(formatTimeLeft(seconds)).toBe(text);
  });
});
