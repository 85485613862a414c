import { describe, expect, it, test } from 'vitest';
import type { Picture8 } from '../encode/encode-image.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';

function flat(width: number, height: number, code: number): Picture8 {
  return { width, height, data: new Uint8Array(width * height * 3).fill(code) };
}

function gridOf(picture: Picture8): [number, number] {
  const print = readFingerprint(fingerprintOf(picture));
  return [print?.width ?? 0, print?.height ?? 0];
}

test.each([
  [600, 400, 64, 43],
  [400, 600, 43, 64],
  [640, 480, 63, 47],
  [500, 500, 55, 55],
  [4000, 100, 64, 2],
  [10, 8, 10, 8],
  [1, 1, 1, 1],
])('%i x %i pixels become %i x %i cells', (width, height, ...cells) => {
  const picture = flat(width, height, 99);
  expect(gridOf(picture)).toEqual(cells);
  expect(fingerprintOf(picture).length).toBeLessThanOrEqual(4096);
});

// Light of code 128 is 0.2159; 255 / 12 * log2(1 + 4095 * 0.2159) = 208.06.
test.each([
  [255, 255],
  [128, 208],
  [0, 0],
])('a flat picture of code %i has cells of %i', (code, steps) => {
  const print = readFingerprint(fingerprintOf(flat(96, 64, code)));
  expect(new Set(print?.cells)).toEqual(new Set([steps]));
});

test('light is averaged, not codes: half white, half black is half the light', () => {
  const picture = flat(128, 128, 0);
  for (let i = 0; i < picture.data.length; i += 6) picture.data.fill(255, i, i + 3);
  // 255 / 12 * log2(1 + 4095 / 2) = 233.8; 128 pixels on 55 cells are 2 or 3 a cell.
  const print = readFingerprint(fingerprintOf(picture));
  const sorted = [...(print?.cells ?? [])].sort((a, b) => a - b);
  expect(sorted[sorted.length >> 1]).toBe(234);
});

describe('reading', () => {
  it.each([
    ['nothing', null],
    ['an empty text', ''],
    ['something else', 'hello'],
    ['another version', btoa('\u0002\u0001\u0001a')],
    ['no cells', btoa('\u0001\u0000\u0000')],
    ['too few cells', btoa('\u0001\u0002\u0002abc')],
    ['too many cells in a row', btoa(`\u0001\u0041\u0001${'a'.repeat(65)}`)],
  ])('refuses %s', (_name, text) => {
    expect(readFingerprint(text)).toBeNull();
  });

  it('takes what was written', () => {
    expect(readFingerprint(btoa('\u0001\u0002\u0001ab'))).toEqual({
      width: 2,
      height: 1,
      cells: Uint8Array.of(97, 98),
    });
  });
});
