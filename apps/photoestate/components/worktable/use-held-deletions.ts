'use client';

import { toast } from '@repo/ui/toaster';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createLastingClient, describeError, type Photo, useTRPC } from '../../lib/trpc.ts';
import { undoFor } from './table-editor.ts';

/**
 * Deleting cannot be taken back on the server, so it is held back until the time for undoing is
 * over; a page that is left in between deletes at once.
 */
export function useHeldDeletions(listingId: string, announce: (text: string) => void) {
  const trpc = useTRPC();
  const [client] = useState(createLastingClient);
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const show = useCallback((photoId: string) => {
    setHidden((known) => new Set([...known].filter((id) => id !== photoId)));
  }, []);

  const commit = useCallback(
    async (photoId: string, name: string) => {
      clearTimeout(waiting.current.get(photoId));
      waiting.current.delete(photoId);
      try {
        await client.photo.delete.mutate({ photoId });
      } catch (error) {
        show(photoId);
        toast.error(`${name} was not deleted`, { description: describeError(error).message });
      }
      void queries.invalidateQueries({ queryKey: trpc.photo.list.queryKey({ listingId }) });
      void queries.invalidateQueries({ queryKey: trpc.scene.list.queryKey({ listingId }) });
    },
    [client, listingId, queries, show, trpc],
  );

  useEffect(() => {
    const flush = () => {
      for (const photoId of [...waiting.current.keys()]) void commit(photoId, 'The photo');
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [commit]);

  const deletePhoto = (photo: Photo): (() => void) => {
    const { id, name } = photo;
    setHidden((known) => new Set([...known, id]));
    waiting.current.set(
      id,
      setTimeout(() => void commit(id, name), undoFor),
    );
    const back = () => {
      toast.dismiss(shown);
      if (!waiting.current.has(id)) return;
      clearTimeout(waiting.current.get(id));
      waiting.current.delete(id);
      show(id);
      announce(`${name} is back.`);
    };
    announce(`${name} deleted.`);
    const action = { label: 'Undo', onClick: back };
    const shown = toast(`${name} deleted.`, { duration: undoFor, action });
    return back;
  };

  return { hidden, deletePhoto };
}
