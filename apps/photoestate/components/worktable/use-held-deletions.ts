'use client';

import { useMemo } from 'react';
import { deletedBy } from '../../lib/offline/edits.ts';
import type { Photo } from '../../lib/trpc.ts';
import { useListingEdits, useOutbox } from '../offline/outbox.tsx';
import { TableEditor, undoFor } from './table-editor.ts';

/**
 * Deleting cannot be taken back on the server, so it is held back until the time for undoing is
 * over; a page that is left in between deletes at once.
 */
export function useHeldDeletions(listingId: string, announce: (text: string) => void) {
  const outbox = useOutbox();
  const edits = useListingEdits(listingId);
  const hidden = useMemo(() => deletedBy(edits), [edits]);
  const editor = useMemo(() => new TableEditor(outbox, announce), [announce, outbox]);

  const deletePhoto = ({ id: photoId, name }: Photo): (() => void) =>
    editor.apply({
      edit: {
        path: 'photo.delete',
        listingId,
        failed: `${name} was not deleted`,
        input: { photoId },
      },
      done: `${name} deleted.`,
      holdFor: undoFor,
    });

  return { hidden, deletePhoto };
}
