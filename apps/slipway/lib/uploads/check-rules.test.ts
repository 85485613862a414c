import { expect, it } from 'vitest';
import { brokenRule } from './check-rules.ts';

const rules = { allowedTypes: ['image/*', 'application/pdf'], maxSize: 5 * 1024 * 1024 };

it.each(['image/png', 'application/pdf', 'application/pdf; version=1'])(
  'lets %s through',
  (type) => {
    expect(brokenRule({ size: 10, type }, rules)).toBeUndefined();
  },
);

it('says what was expected and what came', () => {
  expect(brokenRule({ size: 10, type: 'video/mp4' }, rules)).toEqual({
    code: 'file_type_not_allowed',
    message: 'Expected image/* or application/pdf, this file is video/mp4.',
  });
  expect(brokenRule({ size: 6 * 1024 * 1024, type: 'image/png' }, rules)).toEqual({
    code: 'file_too_large',
    message: 'Expected at most 5 MB, this file has 6 MB.',
  });
});

it('does not take imagex/png for image/*', () => {
  expect(brokenRule({ size: 1, type: 'imagex/png' }, rules)?.code).toBe('file_type_not_allowed');
});

it('allows any type when none is listed', () => {
  expect(brokenRule({ size: 1, type: '' }, { allowedTypes: [], maxSize: 1 })).toBeUndefined();
});
