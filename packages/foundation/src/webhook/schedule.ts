import { createHash } from 'node:crypto';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before each try, after the one before it: 10 tries over 75 h 35 min. */
export const RETRY_DELAYS_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MOST_TRIES = RETRY_DELAYS_MS.length;

/** Either way, so that what failed together is not sent together again. */
const JITTER = 0.1;
interface Answered {
  status: number | null;
  headers: Record<string, string> | null;
}

/** A receiver cannot put us off for longer. */
const LONGEST_WAIT_MS = 24 * HOUR;

/** The same of one that was answered so, or not at all: 429 and 503 may ask for patience. */
export function waitFor(
  tries: number,
  { id, outcome, now }: { id: string; outcome: Answered | null; now: Date },
): number | null {
  const asks = outcome?.status === 429 || outcome?.status === 503;
  const retryAfterMs = asks ? readRetryAfter(outcome.headers?.['retry-after'], now) : null;
  return waitAfter(tries, { id, retryAfterMs });
}

/**
 * How long after its `tries`-th failure something is sent again; null when that was the last. A
 * receiver that asked for more patience gets it. The jitter follows from the id of what is sent.
 */
export function waitAfter(
  tries: number,
  { id, retryAfterMs }: { id: string; retryAfterMs: number | null },
): number | null {
  const delay = RETRY_DELAYS_MS[tries];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 + JITTER * (2 * fractionOf(`${id}.${tries}`) - 1)));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS));
}

/** Evenly from 0 to 1. */
function fractionOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}

/** Of an answer's `Retry-After`: seconds, or a date. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
