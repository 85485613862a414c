import { ALTERING_STEPS as OF_THE_ENGINE } from '@repo/engine';
import { expect, it, test } from 'vitest';
import { ALTERING_STEPS, alterationsOf } from './alterations.ts';

const of = (...steps: object[]) => alterationsOf({ report: { steps }, recipe: null });

it('photographic work alters nothing, whatever was merged, straightened and cropped', () => {
  const crop = { left: 0, top: 0, width: 90, height: 100, sourceWidth: 100, sourceHeight: 100 };
  const steps = [
    { name: 'decode', ran: true, facts: { bits: 14 } },
    { name: 'merge', ran: true, facts: { exposures: 5 } },
    { name: 'windowPull', ran: true, facts: { windows: 2 } },
    { name: 'privacy', ran: false, reason: 'No faces were found.' },
    { name: 'tone', ran: true },
    { name: 'encode', ran: true, facts: { bytes: 4096 } },
  ];
  expect(alterationsOf({ report: { steps }, recipe: { crop } })).toEqual({
    isAltered: false,
    altered: [],
    done: [
      '5 exposures merged',
      'The view brought back in 2 windows',
      'Brightness and contrast set',
      'Edges cropped, 10 % of the frame',
    ],
  });
});

it('what is hidden or put in is an alteration, named', () => {
  expect(
    of({ name: 'tone', ran: true }, { name: 'privacy', ran: true, facts: { faces: 2, byHand: 1 } }),
  ).toEqual({
    isAltered: true,
    altered: ['2 faces and 1 marked area blurred'],
    done: ['Brightness and contrast set', '2 faces and 1 marked area blurred'],
  });
  expect(of({ name: 'sky', ran: true })).toMatchObject({
    isAltered: true,
    altered: ['Sky replaced'],
  });
});

test('the engine labels in its files what is called altered here', () => {
  expect([...OF_THE_ENGINE].sort()).toEqual([...ALTERING_STEPS].sort());
});

it('knows nothing without a report, and survives any', () => {
  expect(alterationsOf({ report: null, recipe: null })).toBe(null);
  const nothing = { isAltered: false, altered: [], done: [] };
  expect(alterationsOf({ report: { steps: 'many' }, recipe: { crop: 7 } })).toEqual(nothing);
  expect(of({ name: 1 })).toEqual(nothing);
});

it.each([
  ['align', { aligned: 2, dropped: 1 }, 'Exposures aligned, 1 left out'],
  ['align', { aligned: 0, dropped: 0 }, 'Exposures lie on each other'],
  ['align', {}, 'Exposures aligned'],
  ['merge', { exposures: 5, ghosts: 1 }, '5 exposures merged, movement removed in 1 place'],
  ['windowPull', {}, 'The view through the windows brought back'],
  ['verticals', { done: 'corrected', pitch: 0.4, roll: -1.24 }, 'Verticals straightened by 1.2°'],
  ['verticals', { done: 'upright', pitch: 0, roll: 0 }, 'Verticals were upright already'],
  ['verticals', { pitch: 'some' }, 'Verticals straightened'],
  [
    'lens',
    { distortion: -2.1, redFringe: 0, darkening: 0.5 },
    'Lens corrected: curved lines, dark corners',
  ],
  ['lens', {}, 'Lens errors corrected'],
  ['whiteBalance', { lights: 2, gainRed: 1, gainBlue: 1 }, 'Mixed light balanced'],
  ['whiteBalance', { gainRed: 0.8, gainBlue: 1.2 }, 'Warm light corrected'],
  ['whiteBalance', { gainRed: 1.2, gainBlue: 0.8 }, 'Cool light corrected'],
  ['denoise', { measured: 'at full size' }, 'Grain reduced where there was any'],
  ['privacy', {}, 'Private things hidden'],
  ['dusk', {}, 'Light of the day changed to dusk'],
  ['glow', {}, 'glow'],
])('%s with %j says: %s', (name, facts, text) => {
  expect(of({ name, ran: true, facts })?.done).toEqual([text]);
});
