import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, appError, defineErrors, isUniqueViolation, toAppError } from './index.ts';

test('a code brings its status', () => {
  const error = defineErrors({ object_missing: 409 })('object_missing', 'nothing there');
  expect(error).toBeInstanceOf(AppError);
  expect(error.status).toBe(409);
});

test('an unknown error shows nothing of its cause', () => {
  const error = toAppError(new Error('password=hunter2'));
  expect(error.code).toBe('internal');
  expect(error.message).not.toContain('hunter2');
  expect(error.cause).toBeInstanceOf(Error);
});

test('a zod error names the field and what was expected', () => {
  const result = z.object({ size: z.number() }).safeParse({ size: 'big' });
  const error = toAppError(result.error);
  expect(error.status).toBe(400);
  expect(error.message).toContain('"size"');
  expect(error.message).toContain('expected number');
});

test('a unique violation is found through the wrapper', () => {
  const wrapped = new Error('query failed', {
    cause: Object.assign(new Error('dup'), {
      code: '23505',
      severity: 'ERROR',
      constraint: 'file_key',
    }),
  });
  expect(isUniqueViolation(wrapped, 'file_key')).toBe(true);
  expect(isUniqueViolation(wrapped, 'other')).toBe(false);
  expect(toAppError(wrapped).code).toBe('conflict');
});

test('an app error passes through unchanged', () => {
  const error = appError('forbidden', 'no');
  expect(toAppError(error)).toBe(error);
});
