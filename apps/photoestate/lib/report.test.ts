import { expect, it } from 'vitest';
import { quadOf, wholeFrame } from './compare/projection.ts';
import { cropOf, shownPart, stepText, summarizeReport, workText } from './report.ts';

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

it('knows which part of the frame a result shows', () => {
  const crop = { left: 10, top: 16, width: 60, height: 32, sourceWidth: 100, sourceHeight: 64 };
  const part = { x: 0.1, y: 0.25, width: 0.6, height: 0.5 };
  expect(shownPart({ report: null, crop })).toEqual(quadOf(part));
  expect(shownPart(undefined)).toEqual(wholeFrame);
});

it('knows where straightening moved the corners of what is shown, and takes none that cannot be', () => {
  const crop = { left: 10, top: 16, width: 60, height: 32, sourceWidth: 100, sourceHeight: 64 };
  const shown = (corners: unknown) => shownPart({ report: null, crop: { ...crop, corners } });
  const [a, b, c, d] = [
    [8, 16],
    [72, 16],
    [68, 48],
    [12, 48],
  ];
  expect(shown([a, b, c, d])).toEqual([
    { x: 0.08, y: 0.25 },
    { x: 0.72, y: 0.25 },
    { x: 0.68, y: 0.75 },
    { x: 0.12, y: 0.75 },
  ]);
  const box = quadOf({ x: 0.1, y: 0.25, width: 0.6, height: 0.5 });
  for (const wrong of [undefined, [a, b, c], [b, a, c, d], [a, a, a, a], 'none', [a, b, c, [1]]]) {
    expect(shown(wrong)).toEqual(box);
  }
});

it('says what was left as it is and what is worth a look, and leaves bookkeeping out', () => {
  const { left, warnings, bytes } = summarizeReport({
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
  expect(left.map(({ text }) => text)).toEqual(['The photo is neutral already.']);
  expect(warnings).toHaveLength(1);
  expect(bytes).toBe(4096);
});

it.each([[null], [{}], [{ steps: 'many' }], [{ steps: [{ name: 1 }], warnings: {} }]])(
  'has nothing to say about %j',
  (report) => {
    const nothing = { left: [], avoided: [], warnings: [], bytes: undefined };
    expect(summarizeReport(report)).toEqual(nothing);
  },
);

it('a running step is said in words', () => {
  expect(stepText('merge')).toBe('Merging the exposures');
  expect(stepText('Fetching the photos')).toBe('Fetching the photos');
  expect(stepText(null)).toBe('Starting');
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

it('work says what it does, or that it waits', () => {
  expect(workText({ status: 'queued', step: 'Trying again soon' })).toBe('Waiting for its turn');
  expect(workText({ status: 'running', step: 'encode' })).toBe('Finishing in full size');
});
