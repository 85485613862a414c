import { ENGINE_ERROR_CODES, EngineError } from '@repo/engine';
import { expect, test } from 'vitest';
import { failureOf, isEnd } from './failure.ts';
import { isRetryable } from './retryable.ts';

const first = { attempt: 1, last: false };

test('what lies in the photos ends at once, what lies in the moment is tried again', () => {
  for (const code of ['damaged', 'truncated', 'too_many_pixels', 'size_mismatch'] as const) {
    expect(isEnd({ code, reason: '' }, first), code).toBe(true);
  }
  for (const code of ['storage_unavailable', 'internal', 'write_failed'] as const) {
    expect(isEnd({ code, reason: '' }, first), code).toBe(false);
    expect(isEnd({ code, reason: '' }, { attempt: 5, last: true }), code).toBe(true);
  }
});

test('a crash is tried once more, then it ends', () => {
  expect(isEnd({ code: 'crashed', reason: '' }, first)).toBe(false);
  expect(isEnd({ code: 'crashed', reason: '' }, { attempt: 2, last: false })).toBe(true);
});

test('every code of the engine is sorted on purpose', () => {
  const passing = ENGINE_ERROR_CODES.filter(isRetryable);
  expect(passing).toEqual([
    'invalid_request',
    'write_failed',
    'cancelled',
    'timed_out',
    'out_of_memory',
    'crashed',
    'internal',
  ]);
});

test('work that its job’s end stopped took too long; nobody cancelled it', () => {
  const cancelled = new EngineError('cancelled', 'The enhancement was cancelled.');
  expect(failureOf(cancelled, AbortSignal.abort()).code).toBe('timed_out');
  expect(failureOf(cancelled, new AbortController().signal).code).toBe('cancelled');
});

test('the engine’s words reach the photographer, a stack trace does not', () => {
  expect(failureOf(new EngineError('damaged', '"a.jpg" is damaged.')).reason).toBe(
    '"a.jpg" is damaged.',
  );
  expect(failureOf(new Error('ENOENT /work/x')).reason).not.toContain('ENOENT');
  const full = new EngineError('write_failed', 'It cannot be written to "/work/x": disk full.');
  expect(failureOf(full)).toEqual({
    code: 'write_failed',
    reason: failureOf(new Error('anything')).reason,
  });
});
