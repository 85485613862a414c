import { expect, it } from 'vitest';
import { qualityOf } from './quality.ts';

it('says what was measured, and what of it is a fault', () => {
  const report = {
    measurements: {
      sharpness: 14.26,
      clippedBright: 0.0712,
      clippedDark: 0,
      tilt: null,
      castAdded: -0.2,
    },
    warnings: [{ code: 'blown_highlights', message: 'Too bright.' }],
  };
  expect(qualityOf(report)).toEqual([
    { label: 'Sharpness', value: '14.3', isFault: false },
    { label: 'Clipped highlights', value: '7.1 %', isFault: true },
    { label: 'Blocked shadows', value: '0 %', isFault: false },
    { label: 'Colour cast added', value: '0.00 stops', isFault: false },
  ]);
});

it.each([[null], [{}], [{ measurements: 'none' }], [{ measurements: { sharpness: 'high' } }]])(
  'has nothing to say about %j',
  (report) => {
    expect(qualityOf(report)).toEqual([]);
  },
);
