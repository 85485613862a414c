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
  expect(error.message).toBe('"size" is not valid: expected a number, received a string.');
});

test.each([
  [
    z.object({ to: z.array(z.string()) }),
    {},
    '"to" is not valid: expected an array, received nothing.',
  ],
  [
    z.object({ eventTypes: z.array(z.enum(['a', 'b'])) }),
    { eventTypes: ['c'] },
    '"eventTypes[0]" is not valid: expected one of a, b.',
  ],
  [
    z.object({ rules: z.object({ list: z.array(z.object({ n: z.int() })) }) }),
    { rules: { list: [{ n: 1 }, { n: 1.5 }] } },
    '"rules.list[1].n" is not valid: expected an integer, received a number.',
  ],
  [z.object({ v: z.literal(1) }), { v: 2 }, '"v" is not valid: expected 1.'],
  [
    z.object({ s: z.string().min(1) }),
    { s: '' },
    '"s" is not valid: expected at least 1 character.',
  ],
  [
    z.object({ s: z.string().max(2) }),
    { s: 'abc' },
    '"s" is not valid: expected at most 2 characters.',
  ],
  [
    z.object({ s: z.string().length(4) }),
    { s: 'a' },
    '"s" is not valid: expected exactly 4 characters.',
  ],
  [z.object({ n: z.number().positive() }), { n: 0 }, '"n" is not valid: expected more than 0.'],
  [
    z.object({ n: z.coerce.number().max(100) }),
    { n: '101' },
    '"n" is not valid: expected at most 100.',
  ],
  [
    z.object({ n: z.coerce.number() }),
    { n: 'x' },
    '"n" is not valid: expected a number, received something else.',
  ],
  [z.object({ e: z.email() }), { e: 'x' }, '"e" is not valid: expected an email address.'],
  [z.strictObject({}), { x: 1 }, '"x" is not valid: there is no such field.'],
  [
    z.strictObject({ visibility: z.string().optional(), tags: z.string().optional() }),
    { visiblity: 'public' },
    '"visiblity" is not valid: there is no such field, the nearest is "visibility".',
  ],
  [
    z.strictObject({ customId: z.string().optional() }).refine(() => true),
    { custom_id: 'a' },
    '"custom_id" is not valid: there is no such field, the nearest is "customId".',
  ],
  [
    z.object({ rules: z.strictObject({ maxSize: z.int().optional(), image: z.int().optional() }) }),
    { rules: { colour: 1 } },
    '"rules.colour" is not valid: there is no such field, expected one of maxSize, image.',
  ],
  [
    z.strictObject({ a: z.int().optional() }),
    { x: 1, y: 2 },
    '"x, y" is not valid: there are no such fields, expected one of a.',
  ],
  [z.object({}), null, 'The request is not valid: expected an object, received null.'],
  // Words of a schema's own stay.
  [z.object({ s: z.string('expected a name') }), {}, '"s" is not valid: expected a name.'],
])('a refusal speaks the words of the API (%#)', (schema, value, message) => {
  expect(toAppError(schema.safeParse(value).error).message).toBe(message);
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
