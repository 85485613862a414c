import { describe, expect, it } from 'vitest';
import {
  byBrightness,
  cameraSettings,
  exposureLabel,
  middleExposure,
  shutterSpeed,
} from './exposure.ts';

function frame(id: string, change: Partial<Parameters<typeof cameraSettings>[0]> = {}) {
  return {
    id,
    ev: null,
    exposureBias: null,
    exposureTime: null,
    fNumber: null,
    iso: null,
    ...change,
  };
}

const bracket = [frame('mid', { ev: 8 }), frame('dark', { ev: 10 }), frame('bright', { ev: 6 })];

it.each([
  [1 / 60, '1/60 s'],
  [1 / 3, '0.3 s'],
  [2, '2 s'],
  [0, ''],
])('%d seconds is "%s"', (seconds, text) => {
  expect(shutterSpeed(seconds)).toBe(text);
});

describe('a bracket', () => {
  it('goes from dark to bright', () => {
    expect(byBrightness(bracket).map(({ id }) => id)).toEqual(['dark', 'mid', 'bright']);
  });

  it('is compared by its middle exposure', () => {
    expect(middleExposure(bracket)?.id).toBe('mid');
  });

  it('is labelled by the distance from its middle', () => {
    expect(bracket.map((each) => exposureLabel(each, bracket))).toEqual(['0 EV', '−2 EV', '+2 EV']);
  });

  it('is labelled by the bias when the camera wrote one', () => {
    const frames = [-1.33, 0, 1.33].map((exposureBias, index) =>
      frame(`${index}`, { exposureBias }),
    );
    expect(frames.map((each) => exposureLabel(each, frames))).toEqual([
      '−1.3 EV',
      '0 EV',
      '+1.3 EV',
    ]);
  });
});

it('labels a single photo by its shutter speed, or not at all', () => {
  const single = frame('one', { ev: 8, exposureTime: 1 / 125 });
  expect(exposureLabel(single, [single])).toBe('1/125 s');
  expect(exposureLabel(frame('x'), [frame('x')])).toBe('');
});

it('frames without any exposure still have a middle', () => {
  expect(middleExposure([frame('a'), frame('b'), frame('c')])?.id).toBe('b');
  expect(middleExposure([])).toBeUndefined();
});

it('says the settings that are known', () => {
  expect(cameraSettings(frame('a', { exposureTime: 1 / 30, fNumber: 8, iso: 200 }))).toBe(
    '1/30 s · f/8 · ISO 200',
  );
  expect(cameraSettings(frame('a', { iso: 100 }))).toBe('ISO 100');
});
