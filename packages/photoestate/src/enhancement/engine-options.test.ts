import { BUILT_STEPS, presetSettings, resolveOptions } from '@repo/engine';
import { expect, test } from 'vitest';
import { Adjustments } from './adjustments.ts';
import { controls } from './controls.ts';
import {
  adjustmentsOf,
  engineOptions,
  inListingLight,
  isSameLight,
  isSameLook,
  settleLook,
} from './engine-options.ts';
import { PRESET_NAMES } from './presets.ts';

test.each(PRESET_NAMES)('%s without a change is the look as it is', (preset) => {
  const look = settleLook({ preset, adjustments: adjustmentsOf(preset) });
  expect(look.adjustments).toEqual({});
  expect(engineOptions(look)).toEqual({ preset });
});

test('each adjustment reaches its step, and only that', () => {
  const own = adjustmentsOf('bright');
  const windows = !own.windows;
  const adjustments = { windows, privacy: true, whiteBalance: 0.4, brightness: -2 };
  const options = engineOptions(settleLook({ preset: 'bright', adjustments }));
  const { steps } = resolveOptions(options);
  const before = presetSettings('bright');
  expect(steps.windowPull.enabled).toBe(windows);
  expect(steps.privacy.enabled).toBe(true);
  expect(steps.whiteBalance).toEqual({ ...before.whiteBalance, strength: 0.4 });
  expect(steps.tone).toEqual({ ...before.tone, brightness: expect.closeTo(0.61, 6) });
  for (const name of ['lens', 'verticals', 'denoise', 'sharpen', 'merge'] as const) {
    expect(steps[name]).toEqual(before[name]);
  }
});

test('brightness stays within what the engine takes, for every look', () => {
  for (const preset of PRESET_NAMES) {
    for (const brightness of [-2, -1, 1, 2]) {
      expect(() => settleLook({ preset, adjustments: { brightness } })).not.toThrow();
    }
  }
});

test('what is out of range or unknown is refused', () => {
  expect(Adjustments.safeParse({ brightness: 3 }).success).toBe(false);
  expect(Adjustments.safeParse({ whiteBalance: -0.1 }).success).toBe(false);
  expect(Adjustments.safeParse({ sky: true }).success).toBe(false);
  // Past the schema the engine has the last word.
  const wish = { preset: 'natural', adjustments: { whiteBalance: 7 } } as const;
  expect(() => settleLook(wish)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
});

test('looks are the same when their changes are, in any order', () => {
  const a = { preset: 'natural', adjustments: { lens: true, windows: false } } as const;
  const b = { preset: 'natural', adjustments: { windows: false, lens: true } } as const;
  expect(isSameLook(a, b)).toBe(true);
  expect(isSameLook(a, { ...b, preset: 'bright' })).toBe(false);
  expect(isSameLook(a, { ...b, adjustments: {} })).toBe(false);
});

test('only what this engine can do is offered, and privacy blur is off until it is asked for', () => {
  const { offered, defaults } = controls();
  expect(offered).toContain('brightness');
  expect(offered.includes('straighten')).toBe(BUILT_STEPS.includes('verticals'));
  for (const preset of PRESET_NAMES) expect(defaults[preset].privacy).toBe(false);
});

test('the light of a listing goes to white balance, beside what was wished of it', () => {
  const light = { lightRed: 0.2, lightBlue: -0.4, lightWeight: 0.7 };
  const wish = { preset: 'natural', adjustments: { whiteBalance: 0.4, lens: true } } as const;
  const own = engineOptions(wish);
  expect(inListingLight(own, undefined)).toBe(own);
  const { steps } = resolveOptions(inListingLight(own, light));
  expect(steps.whiteBalance).toMatchObject({ enabled: true, strength: 0.4, ...light });
  expect(steps.lens).toEqual(resolveOptions(own).steps.lens);
  // It switches nothing on that was switched off.
  const off = { preset: 'natural', steps: { whiteBalance: false } } as const;
  expect(inListingLight(off, light)).toBe(off);
});

test('a version has the light of its listing until that moves white balance by another 0.05 stops', () => {
  const look = { preset: 'natural', adjustments: {} } as const;
  const own = { lightRed: 0.3, lightBlue: -0.5, lightSigma: 0.1, outdoors: false };
  const told = { lightRed: 0.5, lightBlue: -0.5, lightWeight: 0.5 };
  const version = { options: inListingLight(engineOptions(look), told) };
  const same = (agreed: typeof told | undefined, wish: Parameters<typeof isSameLight>[1] = look) =>
    isSameLight(version, wish, { own, agreed });
  // It moves red by 0.5 x (0.5 - 0.3) = 0.1 stops, and so does this one; the next two by 0.14 and 0.16.
  expect(same({ ...told, lightRed: 0.425, lightWeight: 0.8 })).toBe(true);
  expect(same({ ...told, lightWeight: 0.7 })).toBe(true);
  expect(same({ ...told, lightWeight: 0.8 })).toBe(false);
  expect(same({ ...told, lightBlue: -0.3 })).toBe(false);
  expect(same(undefined)).toBe(false);
  // Where less of the light is taken away, less depends on it.
  expect(same(undefined, { ...look, adjustments: { whiteBalance: 0.4 } })).toBe(true);
  // A version from before there was a light of the listing.
  const alone = { options: engineOptions(look) };
  expect(isSameLight(alone, look, { own, agreed: told })).toBe(false);
  expect(isSameLight(alone, look, { own, agreed: undefined })).toBe(true);
  expect(isSameLight(alone, look, undefined)).toBe(true);
});
