import type { AppRouter } from '@repo/photoestate/router';
import { QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  TRPCClientError,
} from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { signInPath } from './next-path.ts';

export type {
  Activity,
  Adjustments,
  AdjustmentValues,
  Alterations,
  Batch,
  Controls,
  CreditEntry,
  CreditHolder,
  Decided,
  DeliveredToMe,
  DeliveriesOfListing,
  Delivery,
  Enhancement,
  ListedApiKey as ApiKey,
  Listing,
  ListingPage,
  ListingSort,
  ListingStatus,
  ListingSummary,
  LookInfo,
  Me,
  Members,
  OrganizationSettings,
  Photo,
  Preset,
  ReviewItem,
  Scene,
  StudioComment,
  Webhook,
} from '@repo/photoestate/router';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export function createApiClient() {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc', transformer: superjson })],
  });
}

/**
 * For changes that are made once however often they are sent: each by itself under its key, and not cut off
 * when the page goes away.
 */
export function createEditClient() {
  return createTRPCUntypedClient<AppRouter>({
    links: [
      httpLink({
        url: '/api/trpc',
        transformer: superjson,
        headers: ({ op }) => ({ 'idempotency-key': String(op.context['key']) }),
        fetch: (url, { signal, ...init } = {}) =>
          fetch(url, { ...init, ...(signal && { signal }), keepalive: true } as RequestInit),
      }),
    ],
  });
}

function data(error: unknown): Record<string, unknown> {
  if (!(error instanceof TRPCClientError)) return {};
  const found: unknown = error.data;
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

function status(error: unknown): number | undefined {
  const value = data(error)['httpStatus'];
  return typeof value === 'number' ? value : undefined;
}

export type Problem = {
  message: string;
  code: string;
  requestId: string | undefined;
  retryable: boolean;
};

/** What a person is told: the server's own public sentence, or that it could not be reached. */
export function describeError(error: unknown): Problem {
  const { requestId, appCode } = data(error);
  const known = status(error);
  const reached = known !== undefined;
  return {
    message:
      reached && error instanceof Error
        ? error.message
        : 'The server could not be reached. Check the connection and try again.',
    code: typeof appCode === 'string' ? appCode : reached ? 'unknown' : 'unreachable',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryable: !reached || known >= 500 || known === 429,
  };
}

/** A session can end while a page is open: sign in again and come back here. */
export function leaveIfSignedOut(error: unknown) {
  if (status(error) !== 401 || typeof window === 'undefined') return;
  window.location.assign(signInPath(window.location.pathname + window.location.search));
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => describeError(error).retryable && failures < 2,
      },
      mutations: { onError: leaveIfSignedOut },
    },
  });
}
