import { expect, it } from 'vitest';
import { cropOf, cropText, stepText, summarizeReport, workText } from './report.ts';

it('knows what aligning left of the exposures, where the report says so', () => {
  const crop = { left: 3, top: 2, width: 90, height: 60, sourceWidth: 96, sourceHeight: 64 };
  const facts = { largestShift: 4, unsure: 0, ...crop };
  const ofReport = (step: object) => cropOf({ report: { steps: [step] }, crop: null });
  expect(ofReport({ name: 'align', ran: true, facts })).toEqual(crop);
  expect(ofReport({ name: 'align', ran: true, facts: { largestShift: 4 } })).toBe(undefined);
  expect(ofReport({ name: 'align', ran: false, reason: 'One.' })).toBe(undefined);
  expect(cropOf({ report: null, crop: null })).toBe(undefined);
  expect(cropOf(undefined)).toBe(undefined);
  // The recipe has the last word: straightening cuts more off than aligning did.
  const later = { ...crop, width: 80 };
  const report = { steps: [{ name: 'align', ran: true, facts }] };
  expect(cropOf({ report, crop: later })).toEqual(later);
  expect(cropOf({ report, crop: { left: 'none' } })).toEqual(crop);
});

it('says what was done in words, and leaves bookkeeping out', () => {
  const { done, left, warnings, bytes } = summarizeReport({
    steps: [
      { name: 'decode', ran: true, facts: { bits: 8 } },
      { name: 'align', ran: false, reason: 'Not available in this version.' },
      { name: 'merge', ran: true, facts: { exposures: 5, fused: 5 } },
      { name: 'whiteBalance', ran: false, reason: 'The photo is neutral already.' },
      { name: 'tone', ran: true },
      { name: 'encode', ran: true, facts: { bytes: 4096 } },
    ],
    measurements: {},
    warnings: [{ code: 'soft', message: 'The photo looks soft.' }],
  });
  expect(done.map(({ text }) => text)).toEqual([
    '5 exposures merged',
    'Brightness and contrast set',
  ]);
  expect(left.map(({ text }) => text)).toEqual(['The photo is neutral already.']);
  expect(warnings).toHaveLength(1);
  expect(bytes).toBe(4096);
});

it.each([[null], [{}], [{ steps: 'many' }], [{ steps: [{ name: 1 }], warnings: {} }]])(
  'has nothing to say about %j',
  (report) => {
    const nothing = { done: [], left: [], avoided: [], warnings: [], bytes: undefined };
    expect(summarizeReport(report)).toEqual(nothing);
  },
);

it('names the direction of a colour correction', () => {
  const text = (gainRed: number, gainBlue: number) =>
    summarizeReport({ steps: [{ name: 'whiteBalance', ran: true, facts: { gainRed, gainBlue } }] })
      .done[0]?.text;
  expect(text(0.8, 1.2)).toBe('Warm light corrected');
  expect(text(1.2, 0.8)).toBe('Cool light corrected');
});

it('a running step is said in words', () => {
  expect(stepText('merge')).toBe('Merging the exposures');
  expect(stepText('Fetching the photos')).toBe('Fetching the photos');
  expect(stepText(null)).toBe('Starting');
});

it.each([
  ['align', { aligned: 2, dropped: 1 }, 'Exposures aligned, 1 left out'],
  ['align', { aligned: 0, dropped: 0 }, 'Exposures lie on each other'],
  ['align', {}, 'Exposures aligned'],
  ['merge', { exposures: 5, ghosts: 1 }, '5 exposures merged, movement removed in 1 place'],
  ['windowPull', { windows: 2 }, 'The view brought back in 2 windows'],
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
  ['denoise', { measured: 'at full size' }, 'Grain reduced where there was any'],
  ['privacy', { faces: 2, byHand: 1 }, '2 faces and 1 marked area blurred'],
  ['privacy', {}, 'Private things hidden'],
  ['glow', {}, 'glow'],
])('%s with %j says: %s', (name, facts, text) => {
  const { done } = summarizeReport({ steps: [{ name, ran: true, facts }] });
  expect(done).toEqual([{ name, text }]);
});

it('says which faults were seen in time, each once, and what was done about them', () => {
  const fallback = { code: 'halo', message: 'Edges have rims.', changed: ['tone', 'sharpen'] };
  const { avoided } = summarizeReport({
    steps: [],
    fallbacks: [fallback, fallback, { code: 'odd', message: 'Odd.', changed: ['glow'] }],
  });
  expect(avoided.map(({ code }) => code)).toEqual(['halo', 'odd']);
  expect(avoided[0]?.instead).toContain('brightness and contrast, sharpening');
  expect(avoided[1]?.instead).not.toContain('glow');
  const warnings = [{ code: 'halo', message: 'Edges have rims.' }];
  expect(summarizeReport({ steps: [], fallbacks: [fallback], warnings }).avoided).toEqual([]);
  expect(summarizeReport({ fallbacks: 'none' }).avoided).toEqual([]);
});

it('names a crop that can be seen', () => {
  const whole = { left: 0, top: 0, width: 100, height: 100, sourceWidth: 100, sourceHeight: 100 };
  expect(cropText(whole)).toBe(undefined);
  expect(cropText(undefined)).toBe(undefined);
  expect(cropText({ ...whole, width: 90 })).toBe('Edges cropped, 10 % of the frame');
});

it('work says what it does, or that it waits', () => {
  expect(workText({ status: 'queued', step: 'Trying again soon' })).toBe('Waiting for its turn');
  expect(workText({ status: 'running', step: 'encode' })).toBe('Finishing in full size');
});
