const FIRST_WAIT = 300;
const LONGEST_WAIT = 10_000;

/** Milliseconds to wait before attempt number `attempt + 1`: doubling, with half of it random. */
export function backoff(attempt: number): number {
  const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
export function sleep(ms: number, signal?: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Reads a `Retry-After` header (seconds or a date) as milliseconds from now. */
export function parseRetryAfter(value: string | null | undefined): number | null {
  const ms = Number(value) * 1000 || Date.parse(value ?? '') - Date.now();
  return Math.max(0, ms) || null;
}

/** Whether an HTTP status says "not now" rather than "no". Status 0 stands for no answer at all. */
export function isTransient(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
