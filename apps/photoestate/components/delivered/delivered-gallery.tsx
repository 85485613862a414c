'use client';

import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { GalleryError, openGallery } from '../../lib/gallery/api.ts';
import { GalleryView } from '../gallery/gallery-view.tsx';

/** What was delivered to a signed-in client, as anybody with its link would see it. */
export function DeliveredGallery({ deliveryId }: { deliveryId: string }) {
  const door = useMemo(() => ({ deliveryId }), [deliveryId]);
  const opened = useQuery({
    queryKey: ['gallery', deliveryId],
    queryFn: () => openGallery(door),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (opened.data) return <GalleryView door={door} initial={opened.data} inside />;
  if (opened.error) {
    const { error } = opened;
    return (
      <>
        <h1 className="sr-only">Photos</h1>
        <ErrorState
          title="These photos could not be opened"
          message={error.message}
          requestId={error instanceof GalleryError ? error.requestId : undefined}
          onRetry={() => void opened.refetch()}
          retrying={opened.isFetching}
        />
      </>
    );
  }
  return (
    <div aria-busy="true" className="mx-auto flex max-w-[110rem] flex-col gap-4 px-4 py-9">
      <Skeleton className="h-9 w-72" />
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-3">
        {Array.from({ length: 6 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          <Skeleton key={index} className="aspect-3/2" />
        ))}
      </div>
    </div>
  );
}
