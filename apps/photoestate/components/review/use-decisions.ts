'use client';

import { toast } from '@repo/ui/toaster';
import { offerUndo, UNDO_MS } from '@repo/ui/undo';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { describeError, type ReviewItem, useTRPC } from '../../lib/trpc.ts';
import { useOutbox } from '../offline/outbox.tsx';
import { nameOf } from './name-of.ts';

/**
 * Accepting, adjusting and rejecting. What was decided leaves the queue at once, whether there is a connection or not.
 * Accepting cannot be taken back on the server, so it is held back for as long as it is offered to be undone; who goes
 * to another page goes on with it.
 */
export function useDecisions() {
  const outbox = useOutbox();
  const held = useRef(new Map<string, () => void>());
  useEffect(() => {
    const { current } = held;
    return () => {
      for (const [id, withdraw] of current) {
        withdraw();
        outbox.sendNow(id);
      }
    };
  }, [outbox]);
  const accept = (item: ReviewItem) => {
    const { id } = outbox.add(
      {
        path: 'review.accept',
        listingId: item.listing.id,
        failed: `${nameOf(item)} was not accepted`,
        input: { enhancementId: item.version.id },
      },
      { holdFor: UNDO_MS },
    );
    const undo = () => {
      held.current.delete(id);
      if (outbox.takeBack(id)) return;
      toast.error(`${nameOf(item)} is accepted already`, {
        description: 'What is accepted stays so. Enhance its scene again for another version.',
      });
    };
    held.current.set(id, offerUndo('Accepted, it may be delivered', undo));
  };
  const reject = (item: ReviewItem, note: string) => {
    outbox.add({
      path: 'review.reject',
      listingId: item.listing.id,
      failed: `${nameOf(item)} was not rejected`,
      input: { enhancementId: item.version.id, note },
    });
    toast.success('Rejected', {
      description: 'Its credit is given back, unless another version of these photos is kept.',
    });
  };
  return { accept, reject, adjust: useAdjust() };
}

function useAdjust() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.review.adjust.mutationOptions({
      onError: (error) =>
        void toast.error('No other version was started', {
          description: describeError(error).message,
        }),
      onSuccess: () => void toast.success('Another version is on its way'),
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: trpc.review.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.scene.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.credit.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.enhancement.pathKey() });
      },
    }),
  );
}
