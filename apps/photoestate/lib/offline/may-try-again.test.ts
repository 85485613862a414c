import { expect, it } from 'vitest';
import { mayTryAgain } from './may-try-again.ts';

it('a refused change is tried again where that may end otherwise', () => {
  expect(['forbidden', 'conflict', 'internal'].map(mayTryAgain)).toEqual([true, true, true]);
  expect(['not_found', 'validation_failed'].map(mayTryAgain)).toEqual([false, false]);
});
