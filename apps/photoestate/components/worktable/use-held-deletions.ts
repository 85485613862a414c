'use client';

import { useMemo } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { deletedBy } from '../../lib/offline/edits.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Photo, Scene } from '../../lib/trpc.ts';
import { useListingEdits, useOutbox } from '../offline/outbox.tsx';
import { isBusy } from './listing-live.tsx';
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

  const deleteScenes = (scenes: readonly Scene[]): (() => void) => {
    const [only] = scenes.length === 1 ? scenes : [];
    const what = only ? sceneName(only) : counted(scenes.length, 'scene');
    return editor.apply({
      edit: {
        path: 'scene.delete',
        listingId,
        failed: `${what} ${only ? 'was' : 'were'} not deleted`,
        input: {
          listingId,
          sceneIds: scenes.map(({ id }) => id),
          // What somebody else puts there meanwhile was not seen, and stays.
          photoIds: scenes.flatMap(({ photos }) => photos.map(({ id }) => id)),
        },
      },
      done: `${what} deleted.`,
      note: whatElseGoes(scenes),
      holdFor: undoFor,
    });
  };

  return { hidden, deletePhoto, deleteScenes };
}

/** Deleting refuses neither what is being made nor what was handed over: it says so. */
function whatElseGoes(scenes: readonly Scene[]): string | undefined {
  const words = [
    scenes.some(isBusy) ? 'Enhancing stops, and its credit comes back.' : '',
    scenes.some(({ result }) => result)
      ? 'Finished photos go as well, also out of deliveries.'
      : '',
  ];
  return words.filter(Boolean).join(' ') || undefined;
}
