import { expect, test } from 'vitest';
import { isShot, shotDays } from './shot-days.ts';

const now = new Date(2026, 2, 3, 23, 30);

test.each([
  ['today', { shotFrom: '2026-03-03', shotTo: '2026-03-03' }],
  ['upcoming', { shotFrom: '2026-03-03' }],
  ['past7', { shotFrom: '2026-02-25', shotTo: '2026-03-03' }],
  ['2026-01-01..', { shotFrom: '2026-01-01' }],
  ['..2026-01-31', { shotTo: '2026-01-31' }],
  ['2026-01-01..2026-01-31', { shotFrom: '2026-01-01', shotTo: '2026-01-31' }],
])('%s is by the own clock', (shot, days) => {
  expect(isShot(shot)).toBe(true);
  expect(shotDays(shot, now)).toEqual(days);
});

test.each(['', 'yesterday', '2026-1-1..'])('%j is nothing', (shot) => {
  expect(isShot(shot)).toBe(false);
  expect(shotDays(shot, now)).toEqual({});
});
