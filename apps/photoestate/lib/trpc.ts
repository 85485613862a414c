import type { AppRouter } from '@repo/photoestate/router';
import { createQueryClient as createClient, leaveIfSignedOut as leave } from '@repo/ui/api-problem';
import { createTRPCClient, createTRPCUntypedClient, httpBatchLink, httpLink } from '@trpc/client';
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
  OpenRequest,
  OrganizationSettings,
  Photo,
  Preset,
  ReviewItem,
  Scene,
  StudioComment,
  VisitorFavourites,
  Webhook,
} from '@repo/photoestate/router';

export { describeError } from '@repo/ui/api-problem';

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

export const leaveIfSignedOut = (error: unknown) => leave(error, signInPath);

export const createQueryClient = () => createClient(signInPath);
