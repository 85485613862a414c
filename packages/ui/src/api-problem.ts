import { QueryCache, QueryClient } from '@tanstack/react-query';

export type Problem = {
  message: string;
  code: string;
  requestId: string | undefined;
  /** Facts for the program. */
  details: Record<string, unknown>;
  /** Whether it may pass by itself. */
  retryable: boolean;
  /** Whether nobody heard it: there was no answer, or one that says to come again. */
  unreachable: boolean;
};

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** What the server said of a failure of tRPC's client; nothing of any other. */
function dataOf(error: unknown): Record<string, unknown> {
  const isAnswer = error instanceof Error && error.name === 'TRPCClientError' && 'data' in error;
  return isAnswer ? record(error.data) : {};
}

function statusOf(error: unknown): number | undefined {
  const { httpStatus } = dataOf(error);
  return typeof httpStatus === 'number' ? httpStatus : undefined;
}

/** Of an answer that is none of ours, as of something between: only what says that the server broke down. */
function brokenStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('meta' in error)) return undefined;
  const { response } = record(error.meta);
  return response instanceof Response && response.status >= 500 ? response.status : undefined;
}

/** What says so is not over: too many calls, a proxy without its server, a server that starts. */
const COME_AGAIN = new Set([429, 502, 503, 504]);

/** What a person is told: the server's own public sentence, or that it could not be reached. */
export function describeError(error: unknown): Problem {
  const { requestId, appCode, details } = dataOf(error);
  const known = statusOf(error);
  const reached = known !== undefined;
  const status = known ?? brokenStatusOf(error);
  return {
    message:
      reached && error instanceof Error
        ? error.message
        : 'The server could not be reached. Check the connection and try again.',
    code: typeof appCode === 'string' ? appCode : reached ? 'unknown' : 'unreachable',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    details: record(details),
    retryable: !reached || known >= 500 || known === 429,
    unreachable: status === undefined || COME_AGAIN.has(status),
  };
}

type PathTo = (next: string) => string;

/** A session can end while a page is open: sign in again and come back here. */
export function leaveIfSignedOut(error: unknown, signInPath: PathTo): void {
  if (statusOf(error) !== 401 || typeof window === 'undefined') return;
  window.location.assign(signInPath(window.location.pathname + window.location.search));
}

export function createQueryClient(signInPath: PathTo): QueryClient {
  const onError = (error: unknown) => leaveIfSignedOut(error, signInPath);
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => describeError(error).retryable && failures < 2,
      },
      // Without a connection they fail with words at once: waiting in memory, they look done and are lost by a reload.
      // What may wait for a connection goes through the outbox.
      mutations: { onError, networkMode: 'always' },
    },
  });
}
