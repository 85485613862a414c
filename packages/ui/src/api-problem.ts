import { QueryCache, QueryClient } from '@tanstack/react-query';

export type Problem = {
  message: string;
  code: string;
  requestId: string | undefined;
  /** Facts for the program. */
  details: Record<string, unknown>;
  retryable: boolean;
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

/** What a person is told: the server's own public sentence, or that it could not be reached. */
export function describeError(error: unknown): Problem {
  const { requestId, appCode, details } = dataOf(error);
  const known = statusOf(error);
  const reached = known !== undefined;
  return {
    message:
      reached && error instanceof Error
        ? error.message
        : 'The server could not be reached. Check the connection and try again.',
    code: typeof appCode === 'string' ? appCode : reached ? 'unknown' : 'unreachable',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    details: record(details),
    retryable: !reached || known >= 500 || known === 429,
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
      mutations: { onError },
    },
  });
}
