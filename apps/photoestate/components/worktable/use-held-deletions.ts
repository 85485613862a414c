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

  const deletePhoto = ({ id: photoId, name }: Photo): (() => void) => {
    const said = { done: `${name} deleted.`, note: goneForGood('It is') };
    const failed = `${name} was not deleted`;
    return editor.apply({
      edit: { path: 'photo.delete', listingId, failed, said, input: { photoId } },
      ...said,
      holdFor: undoFor,
    });
  };

  const deleteScenes = (scenes: readonly Scene[]): (() => void) => {
    const [only] = scenes.length === 1 ? scenes : [];
    const what = only ? sceneName(only) : counted(scenes.length, 'scene');
    const said = {
      done: `${what} deleted.`,
      note: [goneForGood(whatGoes(scenes)), whatElseGoes(scenes)].filter(Boolean).join(' '),
    };
    return editor.apply({
      edit: {
        path: 'scene.delete',
        listingId,
        failed: `${what} ${only ? 'was' : 'were'} not deleted`,
        said,
        input: {
          listingId,
          sceneIds: scenes.map(({ id }) => id),
          // What somebody else puts there meanwhile was not seen, and stays.
          photoIds: scenes.flatMap(({ photos }) => photos.map(({ id }) => id)),
        },
      },
      ...said,
      holdFor: undoFor,
    });
  };

  return { hidden, deletePhoto, deleteScenes };
}

/** There is no trash: what goes, and until when it can be had back. */
function goneForGood(what: string): string {
  return `${what} gone for good in ${undoFor / 1000} seconds, or when you close this page.`;
}

function whatGoes(scenes: readonly Scene[]): string {
  const photos = scenes.flatMap((scene) => scene.photos).length;
  if (scenes.length > 1) return `Their ${counted(photos, 'photo')} are`;
  return photos === 1 ? 'Its photo is' : `Its ${counted(photos, 'photo')} are`;
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
