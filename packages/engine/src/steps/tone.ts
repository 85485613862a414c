import { type Picture, readLumaRow } from '../pixels/picture.ts';
import { pictureProxy } from '../pixels/proxy.ts';
import { createToner } from '../tone/apply-tone.ts';
import { measureRange, toneCurve } from '../tone/tone-curve.ts';
import { pictureOf, stripRows } from './job.ts';
import type { Step } from './step.ts';

/** Brings the photo to the brightness, contrast and colour of a listing. */
export const tone: Step = {
  name: 'tone',
  cost: 14,
  run: async (job) => {
    const settings = job.options.steps.tone;
    const picture = pictureOf(job);
    const range = measureRange(lumaHistogram(picture), settings);
    const { table, gamma } = toneCurve(range, settings);
    const { localContrast, saturation } = settings;
    const toneRow = createToner(picture, pictureProxy(picture), {
      curve: table,
      localContrast,
      saturation,
    });
    const rows = stripRows(picture.width);
    for (let y = 0; y < picture.height; y++) {
      toneRow(y);
      if (y % rows === 0) await job.pulse(y / picture.height);
    }
    return { ran: true, facts: { ...range, gamma } };
  },
};

function lumaHistogram(picture: Picture): Uint32Array {
  const bins = 1024;
  const histogram = new Uint32Array(bins);
  const row = new Float32Array(picture.width);
  for (let y = 0; y < picture.height; y += 2) {
    readLumaRow(picture, y, row);
    for (let x = 0; x < row.length; x += 2) {
      const bin = Math.min(bins - 1, ((row[x] as number) * bins) | 0);
      histogram[bin] = (histogram[bin] as number) + 1;
    }
  }
  return histogram;
}
