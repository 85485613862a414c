import { expect, test } from 'vitest';
import { dayBefore, localTime, startOfDay } from './local-day.ts';

const hours = (zone: string, day: string, next: string) =>
  (startOfDay(zone, next).getTime() - startOfDay(zone, day).getTime()) / 3_600_000;

test('days begin at local midnight, on both sides of the world', () => {
  expect(startOfDay('Pacific/Auckland', '2026-01-15').toISOString()).toBe(
    '2026-01-14T11:00:00.000Z',
  );
  expect(startOfDay('America/Los_Angeles', '2026-07-15').toISOString()).toBe(
    '2026-07-15T07:00:00.000Z',
  );
  expect(startOfDay('Asia/Kathmandu', '2026-07-15').toISOString()).toBe('2026-07-14T18:15:00.000Z');
});

test('a day on which clocks change has 23 or 25 hours', () => {
  expect(hours('America/Los_Angeles', '2026-03-08', '2026-03-09')).toBe(23);
  expect(hours('America/Los_Angeles', '2026-11-01', '2026-11-02')).toBe(25);
  expect(hours('Pacific/Auckland', '2026-09-27', '2026-09-28')).toBe(23);
  expect(hours('Pacific/Auckland', '2026-04-05', '2026-04-06')).toBe(25);
});

test('a day without midnight begins at one, a day with two at the first', () => {
  // Cairo springs forward at 0:00, Havana falls back from 1:00 to 0:00.
  expect(startOfDay('Africa/Cairo', '2026-04-24').toISOString()).toBe('2026-04-23T22:00:00.000Z');
  expect(localTime('Africa/Cairo', startOfDay('Africa/Cairo', '2026-04-24'))).toEqual({
    day: '2026-04-24',
    hour: 1,
  });
  expect(startOfDay('America/Havana', '2026-11-01').toISOString()).toBe('2026-11-01T04:00:00.000Z');
});

test('the clock on the wall, and the day before', () => {
  expect(localTime('Pacific/Auckland', new Date('2026-09-26T19:00:00Z'))).toEqual({
    day: '2026-09-27',
    hour: 8,
  });
  expect(localTime('America/Los_Angeles', new Date('2026-03-08T15:00:00Z'))).toEqual({
    day: '2026-03-08',
    hour: 8,
  });
  expect(dayBefore('2026-03-01')).toBe('2026-02-28');
});
