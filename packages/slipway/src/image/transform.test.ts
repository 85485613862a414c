import { validationError } from '@repo/foundation/errors';
import { expect, test } from 'vitest';
import { ZodError } from 'zod';
import { LADDER, snapToLadder } from './ladder.ts';
import { renditionFor, specOf } from './rendition.ts';
import {
  MAX_SIDE,
  readTransform,
  readTransformText,
  TransformText,
  writeTransform,
} from './transform.ts';

const WHOLE = { width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', format: 'auto', quality: null };

test('a query without our words asks for the file itself', () => {
  expect(readTransform({})).toBeNull();
  expect(readTransform({ v: '1a2b', download: '', utm_source: 'x' })).toBeNull();
});

test.each([
  [{ w: '320' }, { ...WHOLE, width: 320, height: null }],
  [
    { h: '200', fit: 'cover' },
    { ...WHOLE, width: null, height: 200 },
  ],
  [
    { w: '320', h: '200', fit: 'cover' },
    { ...WHOLE, width: 320, height: 200, fit: 'cover' },
  ],
  [
    { w: '100', h: '50', dpr: '2' },
    { ...WHOLE, width: 200, height: 100 },
  ],
  // No larger than allowed, of the same shape.
  [
    { w: '2000', h: '1000', dpr: '4' },
    { ...WHOLE, width: 4096, height: 2048 },
  ],
  [
    { format: 'webp', q: '60' },
    { ...WHOLE, format: 'webp', quality: 60 },
  ],
  [{ preset: 'thumbnail' }, { ...WHOLE, width: 320, height: 320, format: 'webp' }],
  [
    { preset: 'thumbnail', format: 'jpeg', dpr: '2' },
    { ...WHOLE, width: 640, height: 640, format: 'jpeg' },
  ],
] as const)('%j is read', (query, transform) => {
  expect(readTransform(query)).toEqual(transform);
});

test.each([
  [{ w: '0' }, '"w" is not valid: expected a whole number from 1 to 4096.'],
  [{ w: '4097' }, '"w" is not valid: expected a whole number from 1 to 4096.'],
  [{ h: '1e3' }, '"h" is not valid: expected a whole number from 1 to 4096.'],
  [{ h: '-5' }, '"h" is not valid: expected a whole number from 1 to 4096.'],
  [{ w: '10', fit: 'fill' }, '"fit" is not valid: expected one of inside, cover, contain.'],
  [{ format: 'gif' }, '"format" is not valid: expected one of auto, jpeg, png, webp, avif.'],
  [{ q: '101' }, '"q" is not valid: expected a whole number from 1 to 100.'],
  [{ dpr: '9' }, '"dpr" is not valid: expected a number from 1 to 4.'],
  [{ preset: 'huge' }, '"preset" is not valid: expected one of thumbnail, preview, large.'],
])('%j is refused in words', (query, message) => {
  const error = (() => {
    try {
      return readTransform(query);
    } catch (caught) {
      return caught;
    }
  })();
  expect(error).toBeInstanceOf(ZodError);
  expect(validationError(error as ZodError).message).toBe(message);
});

test('in one word: a preset, or the parameters with commas', () => {
  expect(readTransformText('preview')).toEqual(readTransform({ preset: 'preview' }));
  expect(readTransformText('w=320,h=200,fit=cover')).toEqual(
    readTransform({ w: '320', h: '200', fit: 'cover' }),
  );
  for (const text of ['', 'huge', 'w', 'w=1,w=2', 'w=1=2', 'width=3', 'w=0', 'w=1,', '__proto__=1'])
    expect(TransformText.safeParse(text).success, text).toBe(false);
  expect(TransformText.parse('w=320,h=200,fit=cover')).toBe('w=320,h=200,fit=cover');
  expect(() => readTransformText('w=0')).toThrow('w: expected a whole number from 1 to 4096');
});

test('what is written into a URL reads as the same', () => {
  for (const text of ['thumbnail', 'large', 'h=9', 'w=320,h=200,fit=cover,q=7', 'format=png']) {
    const transform = readTransformText(text);
    expect(readTransform(writeTransform(transform))).toEqual(transform);
  }
});

test('who needs no signature gets steps: the shape stays, and nothing becomes smaller than asked', () => {
  const snapped = (query: Record<string, string>) => {
    const { width, height, quality } = snapToLadder(readTransform(query) ?? expect.fail());
    return [width, height, quality];
  };
  expect(snapped({ w: '300' })).toEqual([320, null, null]);
  expect(snapped({ h: '321' })).toEqual([null, 384, null]);
  expect(snapped({ w: '300', h: '200', fit: 'cover' })).toEqual([320, 213, null]);
  expect(snapped({ w: '1', h: '4096' })).toEqual([1, 4096, null]);
  expect(snapped({ w: '320', q: '1' })).toEqual([320, null, 30]);
  expect(snapped({ w: '320', q: '84' })).toEqual([320, null, 80]);
  expect(snapped({ preset: 'large' })).toEqual([2560, 2560, null]);
  const widths = Array.from({ length: MAX_SIDE }, (_, index) => snapped({ w: String(index + 1) }));
  expect(new Set(widths.map(([width]) => width))).toEqual(new Set(LADDER));
});

test.each([
  ['image/avif,image/webp,*/*;q=0.8', 'auto-avif'],
  ['image/webp, */*', 'auto-webp'],
  ['IMAGE/WEBP;q=0.3', 'auto-webp'],
  ['image/avif;q=0, image/webp;q=0.0', 'auto'],
  ['image/*,*/*', 'auto'],
  ['text/html,application/x-image/avif', 'auto'],
  [undefined, 'auto'],
])('who accepts %s gets %s', (accept, format) => {
  const transform = readTransformText('w=320');
  expect(renditionFor(transform, accept).format).toBe(format);
  expect(renditionFor({ ...transform, format: 'png' }, accept).format).toBe('png');
});

test('one rendition has one name, and another one another', () => {
  const specs = [
    'w=320',
    'h=320',
    'w=320,h=320',
    'w=320,q=80',
    'w=320,format=png',
    'w=320,h=320,fit=cover',
  ].map((text) => specOf(renditionFor(readTransformText(text), undefined)));
  expect(specs[0]).toBe('v1,w=320,fit=inside,format=auto');
  expect(new Set(specs).size).toBe(specs.length);
  const again = specOf(renditionFor(readTransformText('q=80,dpr=2,w=160,fit=cover'), 'text/html'));
  expect(again).toBe(specs[3]);
});
