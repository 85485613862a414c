import { expect, it } from 'vitest';
import { cropOf, stepText, summarizeReport } from './report.ts';

it('knows what aligning left of the exposures, where the report says so', () => {
  const crop = { left: 3, top: 2, width: 90, height: 60, sourceWidth: 96, sourceHeight: 64 };
  const facts = { largestShift: 4, unsure: 0, ...crop };
  expect(cropOf({ steps: [{ name: 'align', ran: true, facts }] })).toEqual(crop);
  expect(cropOf({ steps: [{ name: 'align', ran: true, facts: { largestShift: 4 } }] })).toBe(
    undefined,
  );
  expect(cropOf({ steps: [{ name: 'align', ran: false, reason: 'One.' }] })).toBe(undefined);
  expect(cropOf(null)).toBe(undefined);
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
    expect(summarizeReport(report)).toEqual({ done: [], left: [], warnings: [], bytes: undefined });
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
