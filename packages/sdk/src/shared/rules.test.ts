import { describe, expect, test } from 'vitest';
import { typeOf } from './media-type.ts';
import { backoff, isTransient, parseRetryAfter, sleep } from './retry.ts';
import { brokenRule, formatSize, parseSize, type Size } from './rules.ts';

describe('sizes', () => {
  test.each<[Size, number]>([
    ['4MB', 4 * 1024 ** 2],
    ['1.5KB', 1536],
    ['10B', 10],
    ['2GB', 2 * 1024 ** 3],
    [123, 123],
  ])('%s is %i bytes', (size, bytes) => expect(parseSize(size)).toBe(bytes));

  test.each(['4 apples', 'MB', '', -1, Number.NaN])('refuses %s', (size) => {
    expect(() => parseSize(size as Size)).toThrow(/Expected a size/);
  });

  test.each([
    [0, '0 B'],
    [1536, '1.5 KB'],
    [4 * 1024 ** 2, '4 MB'],
    [52_000_000, '50 MB'],
  ])('%i reads %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});

describe('types', () => {
  test.each([
    ['a.png', '', 'image/png'],
    ['a.DNG', '', 'image/x-adobe-dng'],
    ['a', '', 'application/octet-stream'],
    ['a.txt', 'Text/Plain; charset=utf-8', 'text/plain'],
    ['constructor', '', 'application/octet-stream'],
  ])('%s declared as "%s" is %s', (name, type, expected) =>
    expect(typeOf({ name, type })).toBe(expected),
  );

  test.each([
    [['image/*'], 'a.png', 'image/png', true],
    [['image/*'], 'a.svgx', 'imagery/png', false],
    [['image/png'], 'a.gif', 'image/gif', false],
    [['.dng'], 'A.DNG', 'application/octet-stream', true],
    [['.dng'], 'dng', 'image/png', false],
    [['.tar.gz'], 'a.Tar.gz', 'application/gzip', true],
    [['IMAGE/PNG'], 'a.png', 'image/png', true],
    [[], 'a.exe', 'application/x-msdownload', true],
    [['*/*'], 'a.exe', 'application/x-msdownload', true],
  ])('%o and %s (%s): %s', (...[types, name, type, allowed]) => {
    const problem = brokenRule({ name, type, size: 1 }, { types, maxSize: null, maxFiles: null });
    expect(problem === null).toBe(allowed);
  });

  test('names the rule that is broken', () => {
    const rules = { types: ['image/*'], maxSize: 1024, maxFiles: 1 };
    expect(brokenRule({ name: 'a.pdf', type: 'application/pdf', size: 1 }, rules)?.message).toBe(
      '“a.pdf” is application/pdf. Allowed: image/*.',
    );
    expect(brokenRule({ name: 'a.png', type: 'image/png', size: 2048 }, rules)?.message).toBe(
      '“a.png” is 2 KB. The limit is 1 KB.',
    );
  });
});

describe('retry', () => {
  test('waits longer each time, never the same, never above the limit', () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const ceiling = Math.min(10_000, 300 * 2 ** attempt);
      const wait = backoff(attempt);
      expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
      expect(wait).toBeLessThanOrEqual(ceiling);
    }
    expect(new Set(Array.from({ length: 20 }, () => backoff(5))).size).toBeGreaterThan(10);
  });

  test('reads Retry-After as seconds or as a date', () => {
    expect(parseRetryAfter('2')).toBe(2000);
    expect(parseRetryAfter(new Date(Date.now() + 5000).toUTCString())).toBeGreaterThan(3000);
    expect(parseRetryAfter('soon')).toBeNull();
    expect(parseRetryAfter(null)).toBeNull();
  });

  test('knows "not now" from "no"', () => {
    expect([0, 408, 429, 500, 503].every(isTransient)).toBe(true);
    expect([200, 400, 401, 403, 404, 409, 422].some(isTransient)).toBe(false);
  });

  test('a sleep ends with its signal', async () => {
    const controller = new AbortController();
    const slept = sleep(60_000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(slept).rejects.toThrow('stop');
    await expect(sleep(1, controller.signal)).rejects.toThrow('stop');
  });
});
