import { type GuardedFetch, GuardedFetchError } from '../guarded-fetch/index.ts';
import { ATTEMPT_MS } from './claim.ts';

/** Of an answer no more is read, and kept. */
const MOST_ANSWER_BYTES = 4_096;
const MOST_ANSWER_HEADERS = 40;

/** What came of one try. */
export interface Outcome {
  succeeded: boolean;
  /** Null when nothing was answered. */
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
  /** There was more of it than is read. */
  isCut: boolean;
  /** An address that nobody asks from here. */
  isRefusedAddress: boolean;
  /** Why it failed, in words. */
  problem: string | null;
  durationMs: number;
}

/** Sends once. Throws only when it was stopped on this side, so that it never happened. */
export async function sendOnce(
  outgoing: GuardedFetch,
  request: {
    url: string;
    headers: Record<string, string>;
    body: string;
    signal?: AbortSignal | undefined;
    timeoutMs?: number;
    maxBytes?: number;
  },
): Promise<Outcome> {
  const { url, timeoutMs = ATTEMPT_MS, maxBytes = MOST_ANSWER_BYTES, ...rest } = request;
  const startedAt = performance.now();
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    const answer = await outgoing.send(url, {
      ...rest,
      method: 'POST',
      timeoutMs,
      maxBytes,
    });
    const { status } = answer;
    const succeeded = status >= 200 && status < 300;
    return {
      succeeded,
      status,
      headers: Object.fromEntries(Object.entries(answer.headers).slice(0, MOST_ANSWER_HEADERS)),
      body: textOf(answer.body, answer.isCut),
      isCut: answer.isCut,
      isRefusedAddress: false,
      problem: succeeded ? null : problemOf(status),
      durationMs: durationMs(),
    };
  } catch (error) {
    if (!(error instanceof GuardedFetchError) || error.reason === 'stopped') throw error;
    const { reason, message } = error;
    const isRefusedAddress = reason === 'address_refused' || reason === 'url_refused';
    return { ...failed(message), isRefusedAddress, durationMs: durationMs() };
  }
}

/** A try to which nothing was answered. */
export function failed(problem: string): Outcome {
  const nothing = { status: null, headers: null, body: null, isCut: false };
  return { ...nothing, succeeded: false, isRefusedAddress: false, problem, durationMs: 0 };
}

function problemOf(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status}: expected 2xx. Redirects are not followed; give the address that it leads to.`;
  if (status === 410) return 'It answered 410: the endpoint is gone, and gets nothing any more.';
  return `It answered ${status}: expected 2xx.`;
}

/** Of bytes that are no text, what is legible; Postgres keeps no NUL. */
function textOf(body: Buffer, isCut: boolean): string {
  const text = body.toString('utf8').replaceAll('\0', '\uFFFD');
  return isCut ? `${text}…` : text;
}
