import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { builtInProfile } from './built-in-profile.ts';
import { kindOfProfile } from './color-profile.ts';
import { ADOBE_RGB, makeProfile } from './matrix-profile.ts';

const SRGB = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
] as const;

function changed(profile: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(profile);
  copy[at] = value;
  return copy;
}

/** ROMM RGB, ISO 22028-2. */
const PRO_PHOTO = {
  primaries: [
    [0.79767, 0.28804, 0],
    [0.13519, 0.71188, 0],
    [0.03134, 0.00009, 0.82491],
  ],
  gamma: 1.8,
} as const;

describe('what a profile means', () => {
  const adobe = makeProfile(ADOBE_RGB);

  it('knows the working spaces from their makers and from none at all', async () => {
    expect(kindOfProfile(null, 3)).toBe('srgb');
    expect(kindOfProfile(await builtInProfile('srgb'), 3)).toBe('srgb');
    expect(kindOfProfile(await builtInProfile('p3'), 3)).toBe('p3');
  });

  it.each([
    ['Adobe RGB', ADOBE_RGB],
    ['ProPhoto', PRO_PHOTO],
    ['sRGB with a plain gamma', { primaries: SRGB, gamma: 2.2 }],
    ['linear sRGB', { primaries: SRGB, gamma: 1 }],
  ])('converts %s', (_name, options) => {
    expect(kindOfProfile(makeProfile(options), 3)).toBe('other');
  });

  it.each([
    ['no profile', new TextEncoder().encode('a profile? no!'.repeat(20))],
    ['an empty one', new Uint8Array(0)],
    ['one cut off', adobe.subarray(0, 300)],
    ['one of inks on RGB', makeProfile({ ...ADOBE_RGB, space: 'CMYK' })],
    [
      'one of no colour',
      makeProfile({
        primaries: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        gamma: 2.2,
      }),
    ],
    ['one with a tag outside', changed(adobe, 128 + 4 + 4, 0xff)],
    ['one with a broken curve', changed(adobe, adobe.indexOf(0x76, 300), 0)],
  ])('refuses %s', (_name, profile) => {
    expect(kindOfProfile(profile, 3)).toBe('broken');
  });

  it('takes grey and ink profiles for grey and inks only', async () => {
    const grey = makeProfile({ primaries: SRGB, gamma: 2.2, space: 'GRAY' });
    expect(kindOfProfile(grey, 1)).toBe('srgb');
    expect(kindOfProfile(grey, 3)).toBe('broken');
    expect(kindOfProfile(await builtInProfile('srgb'), 4)).toBe('broken');
  });

  it('never throws, whatever is changed', () => {
    const random = createRandom(3);
    for (let round = 0; round < 3000; round++) {
      const copy = Uint8Array.from(adobe);
      for (let hit = 0; hit < 3; hit++)
        copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
      const kind = kindOfProfile(copy.subarray(0, Math.floor(random() * 2 * copy.length)), 3);
      expect(['srgb', 'p3', 'other', 'broken']).toContain(kind);
    }
  });
});
