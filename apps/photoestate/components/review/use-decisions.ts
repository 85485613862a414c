'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { counted } from '../../lib/listing-status.ts';
import { describeError, type ReviewItem, useTRPC } from '../../lib/trpc.ts';

type Before = { list: { items: ReviewItem[]; hasMore: boolean } | undefined };

/** Accepting, adjusting and rejecting; what was decided leaves the queue at once. */
export function useDecisions(input: { listingId?: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.review.list.queryKey(input);
  const onMutate = async ({ enhancementId }: { enhancementId: string }): Promise<Before> => {
    await queries.cancelQueries({ queryKey: key });
    const before = queries.getQueryData(key);
    queries.setQueryData(
      key,
      (list) =>
        list && {
          ...list,
          items: list.items.filter(({ version }) => version.id !== enhancementId),
        },
    );
    return { list: before };
  };
  const onError =
    (failed: string) => (error: unknown, _input: unknown, before: Before | undefined) => {
      const { code, message } = describeError(error);
      // Somebody else decided: it is not for us any more.
      if (code !== 'already_decided') queries.setQueryData(key, before?.list);
      toast.error(failed, { description: message });
    };
  const onSettled = () => {
    void queries.invalidateQueries({ queryKey: trpc.review.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.scene.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.credit.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.enhancement.pathKey() });
  };
  const accept = useMutation(
    trpc.review.accept.mutationOptions({
      onMutate,
      onError: onError('It was not accepted'),
      onSuccess: () => void toast.success('Accepted, it may be delivered'),
      onSettled,
    }),
  );
  const reject = useMutation(
    trpc.review.reject.mutationOptions({
      onMutate,
      onError: onError('It was not rejected'),
      onSuccess: ({ credits }) =>
        void toast.success('Rejected', {
          description:
            credits > 0
              ? `${counted(credits, 'credit')} given back.`
              : 'Another version of these photos is kept, and what was paid for it.',
        }),
      onSettled,
    }),
  );
  const adjust = useMutation(
    trpc.review.adjust.mutationOptions({
      onError: (error) =>
        void toast.error('No other version was started', {
          description: describeError(error).message,
        }),
      onSuccess: () => void toast.success('Another version is on its way'),
      onSettled,
    }),
  );
  return { accept, reject, adjust };
}
