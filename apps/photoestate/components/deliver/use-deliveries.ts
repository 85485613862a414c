'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DeliveriesOfListing, describeError, useTRPC } from '../../lib/trpc.ts';

/** What clients do is seen within half a minute; scenes and sizes that are being made, as they come. */
function pollEvery(all: DeliveriesOfListing | undefined): number {
  const making =
    (all?.unfinished.working ?? 0) > 0 ||
    all?.deliveries.some(
      ({ state, prepared, photos }) => state === 'open' && prepared < photos.length,
    );
  return making ? 3_000 : 30_000;
}

/** The links of a listing, and everything that is done with them; each change is seen when it is there. */
export function useDeliveries(listingId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const found = useQuery(
    trpc.delivery.list.queryOptions(
      { listingId },
      { refetchInterval: ({ state }) => pollEvery(state.data) },
    ),
  );
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: trpc.delivery.list.queryKey({ listingId }) });
    void queries.invalidateQueries({ queryKey: trpc.delivery.requests.queryKey({ listingId }) });
    await queries.invalidateQueries({ queryKey: trpc.listing.get.queryKey({ listingId }) });
  };
  const options = (failed: string) => ({
    onSuccess: refresh,
    onError: (error: unknown) =>
      void toast.error(failed, { description: describeError(error).message }),
  });
  return {
    found,
    create: useMutation(trpc.delivery.create.mutationOptions(options('Nothing was delivered'))),
    update: useMutation(trpc.delivery.update.mutationOptions(options('Nothing was changed'))),
    send: useMutation(trpc.delivery.send.mutationOptions(options('Nothing was sent'))),
    revoke: useMutation(trpc.delivery.revoke.mutationOptions(options('The link still works'))),
    renew: useMutation(trpc.delivery.renewLink.mutationOptions(options('There is no new link'))),
    answer: useMutation(trpc.delivery.answer.mutationOptions(options('The answer was not sent'))),
    moderate: useMutation(
      trpc.delivery.moderate.mutationOptions(options('The comment is as it was')),
    ),
  };
}

export type Deliveries = ReturnType<typeof useDeliveries>;
