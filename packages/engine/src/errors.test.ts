import { describe, expect, it } from 'vitest';
import { EngineError, isEngineErrorCode, toEngineError } from './errors.ts';

describe('engine errors', () => {
  it('pass through unchanged', () => {
    const error = new EngineError('empty_file', 'empty');
    expect(toEngineError(error)).toBe(error);
  });

  it('hide an unknown error but keep it as the cause', () => {
    const cause = new TypeError('secret path');
    const error = toEngineError(cause);
    expect([error.code, error.cause]).toEqual(['internal', cause]);
    expect(error.message).not.toContain('secret');
  });

  it('say when memory was the reason', () => {
    expect(toEngineError(new RangeError('Array buffer allocation failed')).code).toBe(
      'out_of_memory',
    );
  });

  it('know their codes', () => {
    expect([isEngineErrorCode('truncated'), isEngineErrorCode('nonsense')]).toEqual([true, false]);
  });
});
