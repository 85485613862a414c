import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that trying again does not change. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, body: string) {
    const code = /"code":"(\w+)"|<Code>(\w+)<\/Code>/.exec(body);
    super(`HTTP ${status}: ${body.slice(0, 300)}`);
    this.status = status;
    this.code = code?.[1] ?? code?.[2] ?? '';
  }
}

/** No answer, or one that says "not now". */
export class Unreachable extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

const ANSWER_LIMIT_MS = 60_000;

/** The answer when it is one of success. */
export async function call(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    if (response.ok) return response;
  } catch (error) {
    throw new Unreachable(String(error instanceof Error ? (error.cause ?? error) : error));
  }
  const body = await response.text().catch(() => '');
  const { status } = response;
  const wait = Number(response.headers.get('retry-after') ?? 0) * 1000;
  // 423 is tus's "somebody else is at it".
  if (status >= 500 || status === 429 || status === 423 || body.includes('upload_in_progress')) {
    throw new Unreachable(`HTTP ${status}: ${body.slice(0, 200)}`, wait);
  }
  throw new Refused(status, body);
}

export async function callJson<T>(url: string, init: RequestInit & { json?: unknown }): Promise<T> {
  const { json, ...rest } = init;
  const response = await call(url, {
    ...rest,
    ...(json === undefined
      ? {}
      : {
          method: 'POST',
          body: JSON.stringify(json),
          headers: { ...rest.headers, 'content-type': 'application/json' },
        }),
  });
  return response.json().catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
}

export interface Patience {
  /** Milliseconds. */
  readonly limit: number;
  /** Asked before each attempt; a client that is gone tries no more. */
  readonly isGone?: () => boolean;
}

/** Again and again while nobody answers, as a client does whose user still waits. */
export async function persist<T>(
  { limit, isGone }: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + limit;
  for (let pause = 50; ; pause = Math.min(1000, pause * 2)) {
    if (isGone?.()) throw new Error('the client is gone');
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unreachable) || Date.now() > deadline) throw error;
      // A server that just came up again asks for patience that a test does not have.
      await sleep(Math.max(pause, Math.min(2000, error.retryAfterMs)) * (0.5 + Math.random() / 2));
    }
  }
}
