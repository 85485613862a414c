'use client';

import { toast } from '@repo/ui/toaster';
import { offerUndo } from '@repo/ui/undo';
import type { Selection } from '@repo/ui/use-selection';
import { useCallback, useMemo } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { archivedBy } from '../../lib/offline/edits.ts';
import type { ListingSummary } from '../../lib/trpc.ts';
import { useOutbox, useOutboxSnapshot } from '../offline/outbox.tsx';

export type ListingSelection = Selection<ListingSummary> & {
  /** How often the keyboard went to another listing. */
  moved: number;
};

type Named = { id: string; address: string };

const nameOf = (rows: readonly Named[]) =>
  rows.length === 1 && rows[0] ? rows[0].address : counted(rows.length, 'listing');

/** Archiving and bringing back: shown at once, sent as soon as there is a connection, undone on request. */
export function useListingDeeds() {
  const outbox = useOutbox();
  const setArchived = useCallback(
    (rows: readonly Named[], archived: boolean): void => {
      if (rows.length === 0) return;
      const listingIds = rows.map(({ id }) => id);
      const put = (into: boolean) =>
        outbox.add({
          path: into ? 'listing.archive' : 'listing.restore',
          listingId: null,
          failed: `${nameOf(rows)} not ${into ? 'archived' : 'restored'}`,
          input: { listingIds },
        });
      const title = (into: boolean) => `${nameOf(rows)} ${into ? 'archived' : 'restored'}`;
      const { id } = put(archived);
      offerUndo(title(archived), () => {
        // Sent after the change itself, once the server may have heard of that.
        if (!outbox.takeBack(id)) put(!archived);
        toast.success(title(!archived));
      });
    },
    [outbox],
  );
  return { setArchived };
}

/** Listings whose place in the archive or out of it the server may not know yet. */
export function useArchiving(): ReadonlyMap<string, boolean> {
  const { edits } = useOutboxSnapshot();
  return useMemo(() => archivedBy(edits.map(({ edit }) => edit)), [edits]);
}
