import { SLIPWAY_ERRORS } from '@repo/slipway/errors';
import { expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';

test('the page explains every code that the API can answer with, under its status, and no other', () => {
  const explained = Object.fromEntries(errorCodes.map(({ code, status }) => [code, status]));
  expect(explained).toEqual(SLIPWAY_ERRORS);
  expect(errorCodes).toHaveLength(Object.keys(SLIPWAY_ERRORS).length);
});
