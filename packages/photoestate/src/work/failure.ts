import { EngineError } from '@repo/engine';
import { isRetryable } from './retryable.ts';
import { WorkError } from './work-error.ts';

/** Passing perhaps, but dear: each attempt may take minutes and gigabytes. */
const COSTLY: ReadonlySet<string> = new Set(['crashed', 'timed_out', 'out_of_memory']);
const COSTLY_ATTEMPTS = 2;

/** Their words say where on our disk; that is nothing a photographer could do anything about. */
const OF_OUR_DISK: ReadonlySet<string> = new Set(['unreadable_file', 'write_failed']);

const OUR_FAULT = 'Something went wrong on our side. The original photos are untouched; try again.';

export interface Failure {
  code: string;
  reason: string;
}

/**
 * Whatever was thrown, as a code to store and a reason to show. `expiry` is the
 * signal of the run: work that it ended was not cancelled by a person, it took too long.
 */
export function failureOf(error: unknown, expiry?: AbortSignal): Failure {
  if (expiry?.aborted === true) {
    const reason = 'This took too long. Try again, or with fewer or smaller exposures.';
    return { code: 'timed_out', reason };
  }
  if (error instanceof WorkError || error instanceof EngineError) {
    return { code: error.code, reason: OF_OUR_DISK.has(error.code) ? OUR_FAULT : error.message };
  }
  return { code: 'internal', reason: OUR_FAULT };
}

/** Whether the work ends here, or another attempt is worth it. `attempt` counts from 1. */
export function isEnd(
  failure: Failure,
  { attempt, last }: { attempt: number; last: boolean },
): boolean {
  if (last || !isRetryable(failure.code)) return true;
  return COSTLY.has(failure.code) && attempt >= COSTLY_ATTEMPTS;
}
