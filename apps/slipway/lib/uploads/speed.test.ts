import { expect, it } from 'vitest';
import { SpeedMeter } from './speed.ts';

it('is the rate of the last seconds, for each upload by itself', () => {
  const meter = new SpeedMeter();
  expect(meter.note('a', 0, 0)).toBe(0);
  expect(meter.note('a', 500, 500)).toBe(1000);
  expect(meter.note('b', 0, 500)).toBe(0);
  expect(meter.note('a', 1000, 1000)).toBe(1000);
});

it('forgets what was long ago', () => {
  const meter = new SpeedMeter();
  meter.note('a', 0, 0);
  meter.note('a', 100, 10_000);
  expect(meter.note('a', 1100, 11_000)).toBe(1000);
});
