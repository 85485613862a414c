import { expect, test } from 'vitest';
import { qualityOf } from './quality.ts';

const measurements = { sharpness: 14.26, clippedBright: 0.0712, tilt: null, castAdded: -0.2 };
const inspected = (warnings: object[]) => ({
  measurements,
  steps: [
    { name: 'align', ran: true, warnings: [{ code: 'moved', message: 'The camera moved.' }] },
    { name: 'inspect', ran: true, warnings },
  ],
});

test('a report has its figures by the names of the API, and no complaint of the exposures', () => {
  const quality = qualityOf(inspected([]));
  expect(quality).toMatchObject({ verdict: 'good', reasons: [] });
  expect(quality?.summary).toMatch(/^Good: /);
  expect(quality?.figures).toMatchObject({
    ...{ sharpness: 14.26, clippedHighlights: 0.0712, colorCastAdded: -0.2 },
    // Too few lines, and what an earlier engine did not measure.
    ...{ verticalTilt: null, halo: null },
  });
});

test('what the inspection complains about is doubtful, with its reasons in words', () => {
  const reasons = [
    { code: 'blown_highlights', message: 'Too bright.' },
    { code: 'tilted', message: 'It leans.' },
  ];
  const quality = qualityOf(inspected(reasons));
  expect(quality).toMatchObject({ verdict: 'doubtful', reasons });
  expect(quality?.summary).toMatch(/^Doubtful: .* 2 complaints/);
});

test.each([[null], [{}], [{ measurements: 'none' }], [{ steps: [] }]])(
  'of %j nothing is told',
  (report) => expect(qualityOf(report)).toBeNull(),
);
