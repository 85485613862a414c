'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { counted } from '../../lib/listing-status.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';

/** Starts a listing, or a selection of its scenes, together. */
export function useStartBatch(listingId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.enhancement.startListing.mutationOptions({
      onSuccess: ({ started, skipped }) => {
        const [reason] = skipped;
        if (started.length > 0) toast.success(`${counted(started.length, 'scene')} on the way`);
        if (reason) {
          toast.warning(`${counted(skipped.length, 'scene')} left out`, {
            description: reason.reason,
          });
        }
      },
      onError: (error) =>
        void toast.error('Nothing was started', { description: describeError(error).message }),
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: trpc.scene.list.queryKey({ listingId }) });
        void queries.invalidateQueries({ queryKey: trpc.listing.get.queryKey({ listingId }) });
        void queries.invalidateQueries({ queryKey: trpc.batch.list.queryKey({ listingId }) });
        void queries.invalidateQueries({ queryKey: trpc.credit.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.enhancement.quote.pathKey() });
      },
    }),
  );
}
