'use client';

import { Outbox } from '@repo/ui/local';
import { toast } from '@repo/ui/toaster';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Edit } from '../../lib/offline/edits.ts';
import { sendEdit } from '../../lib/offline/send-edit.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';

const OutboxContext = createContext<Outbox<Edit> | null>(null);

/** Makes changes at once and sends them in their order, also those that earlier pages could not send. */
export function OutboxProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const refresh = useRefresh();
  const [outbox] = useState(() => {
    const made: Outbox<Edit> = new Outbox<Edit>({
      owner: userId,
      send: sendEdit,
      made: ({ edit }) => refresh(edit),
      refused: ({ edit, waited }, reason) => {
        const { message, code } = describeError(reason);
        const isGone = waited && (code === 'not_found' || code === 'conflict');
        toast.error(edit.failed, {
          description: isGone ? `Somebody changed this meanwhile: ${message}` : message,
          action: { label: 'Retry', onClick: () => made.add(edit) },
        });
        void refresh(edit);
      },
    });
    return made;
  });
  useEffect(() => outbox.open(), [outbox]);
  useEffect(() => {
    // The time for undoing is over when the page is: sent now, and once more by the next page if need be.
    const leave = () => {
      for (const held of outbox.release()) void sendEdit(held).catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [outbox]);
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** Asks anew for what a change may have changed. */
function useRefresh(): (edit: Edit) => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const keysOf = ({ listingId, path }: Edit) => {
    if (path === 'listing.archive' || path === 'listing.restore') return [trpc.listing.pathKey()];
    if (listingId === null) return [trpc.session.me.queryKey(), trpc.member.pathKey()];
    const scenes = trpc.scene.list.queryKey({ listingId });
    switch (path) {
      case 'listing.update':
        return [trpc.listing.pathKey()];
      case 'review.accept':
      case 'review.reject':
        return [
          trpc.review.pathKey(),
          trpc.scene.pathKey(),
          trpc.credit.pathKey(),
          trpc.enhancement.pathKey(),
          trpc.delivery.pathKey(),
        ];
      case 'scene.rate':
        return [scenes];
      case 'scene.setSettings':
        return [scenes, trpc.enhancement.quote.pathKey()];
      default:
        return [
          scenes,
          trpc.photo.list.queryKey({ listingId }),
          trpc.listing.get.queryKey({ listingId }),
        ];
    }
  };
  return async (edit) => {
    const asked = keysOf(edit).map((queryKey) => queries.invalidateQueries({ queryKey }));
    await Promise.all(asked);
  };
}

export function useOutbox(): Outbox<Edit> {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox needs OutboxProvider above it');
  return outbox;
}

export function useOutboxSnapshot() {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.getSnapshot, outbox.getSnapshot);
}

const none: readonly Edit[] = [];

/** Changes of one listing that are not in what the server told last. */
export function useListingEdits(listingId: string): readonly Edit[] {
  const { edits } = useOutboxSnapshot();
  return useMemo(() => {
    const mine = edits.map(({ edit }) => edit).filter((edit) => edit.listingId === listingId);
    return mine.length === 0 ? none : mine;
  }, [edits, listingId]);
}
