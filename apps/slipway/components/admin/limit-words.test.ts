import { expect, test } from 'vitest';
import { choicesOf, LIMIT_FIELDS, limitsOf, type OwnLimits, problemOf } from './limit-words.ts';

test('limits come out of the form as they went in', () => {
  const all: OwnLimits[] = [
    {},
    { projects: 0, storageBytes: 3 * 1024 ** 3, fileBytes: null, logDays: 400 },
    { monthlyUploads: 7, monthlyBytes: 1.5 * 1024 ** 3, rates: { key: null } },
    { rates: { project: { calls: 90, seconds: 60 }, key: { calls: 1, seconds: 60 } } },
  ];
  for (const limits of all) expect(limitsOf(choicesOf(limits))).toEqual(limits);
  expect(limitsOf(choicesOf(null))).toEqual({});
});

test('a number is asked for, a whole one where there are no halves', () => {
  const of = (id: string, text: string) => {
    const field = LIMIT_FIELDS.find((each) => each.id === id);
    return field && problemOf({ mode: 'own', text }, field);
  };
  expect(of('projects', '')).toBe('Expected a number.');
  expect(of('projects', '1.5')).toBe('Expected a whole number.');
  expect(of('projects', '-1')).toBe('Expected at least 0.');
  expect(of('keyRate', '0')).toBe('Expected at least 1.');
  expect(of('storageBytes', '1,5')).toBeUndefined();
  expect(of('storageBytes', '99999999999')).toBe('Expected a smaller number.');
});
