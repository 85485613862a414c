'use client';

import { Outbox, type RefusedEdit, RefusedEdits } from '@repo/ui/local';
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
import { noteMade } from '../../lib/known.ts';
import type { Edit } from '../../lib/offline/edits.ts';
import { sendEdit } from '../../lib/offline/send-edit.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { TableEditor, undoFor } from '../worktable/table-editor.ts';

type Refused = Pick<RefusedEdit<Edit>, 'id' | 'edit'>;

type Boxes = {
  outbox: Outbox<Edit>;
  refused: RefusedEdits<Edit>;
  tryAgain: (refused: Refused) => void;
};

const OutboxContext = createContext<Boxes | null>(null);

/** Makes changes at once and sends them in their order, also those that earlier pages could not send. */
export function OutboxProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const refresh = useRefresh();
  const [boxes] = useState(() => makeBoxes(userId, refresh));
  const { outbox, refused } = boxes;
  useEffect(() => refused.open(), [refused]);
  useEffect(() => outbox.open(), [outbox]);
  useEffect(() => {
    // The time for undoing is over when the page is: sent now, and once more by the next page if need be.
    const leave = () => {
      for (const held of outbox.release()) void sendEdit(held).catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [outbox]);
  return <OutboxContext value={boxes}>{children}</OutboxContext>;
}

function makeBoxes(userId: string, refresh: (edit: Edit) => Promise<void>): Boxes {
  const refused = new RefusedEdits<Edit>(userId);
  const outbox: Outbox<Edit> = new Outbox<Edit>({
    owner: userId,
    send: sendEdit,
    made: ({ edit }) => refresh(edit),
    refused: ({ id, edit, waited }, error) => {
      const { message, code } = describeError(error);
      const isGone = waited && (code === 'not_found' || code === 'conflict');
      const reason = isGone ? `Somebody changed this meanwhile: ${message}` : message;
      void refused.keep({ id, edit, reason, code });
      toast.error(edit.failed, {
        id,
        description: reason,
        action: { label: 'Retry', onClick: () => tryAgain({ id, edit }) },
      });
      void refresh(edit);
    },
  });
  const editor = new TableEditor(outbox, () => undefined);
  const again = new Set<string>();
  // Offered by the message and in the list: whoever takes both means it once.
  const tryAgain = ({ id, edit }: Refused) => {
    if (again.has(id)) return;
    again.add(id);
    toast.dismiss(id);
    void refused.drop(id);
    if (edit.path === 'photo.delete' || edit.path === 'scene.delete') {
      // Nothing brings it back, the second time no more than the first.
      const said = edit.said ?? { done: 'Deleted.', note: '' };
      editor.apply({ edit, ...said, holdFor: undoFor });
    } else outbox.add(edit);
  };
  return { outbox, refused, tryAgain };
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
    noteMade();
    const asked = keysOf(edit).map((queryKey) => queries.invalidateQueries({ queryKey }));
    await Promise.all(asked);
  };
}

function useBoxes(): Boxes {
  const boxes = useContext(OutboxContext);
  if (!boxes) throw new Error('useOutbox needs OutboxProvider above it');
  return boxes;
}

export const useOutbox = (): Outbox<Edit> => useBoxes().outbox;

const nothing: readonly RefusedEdit<Edit>[] = [];

/** What the server would not make, and what can be done about it. */
export function useRefused() {
  const { refused, tryAgain } = useBoxes();
  return {
    list: useSyncExternalStore(refused.subscribe, refused.list, () => nothing),
    tryAgain,
    dismiss: (...ids: string[]) => void refused.drop(...ids),
  };
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
