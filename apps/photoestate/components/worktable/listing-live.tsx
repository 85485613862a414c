'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { useListingLive } from '../../lib/live/use-listing-live.ts';
import { type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';

const LiveContext = createContext(false);

export function ListingLive({ listingId, children }: { listingId: string; children: ReactNode }) {
  return <LiveContext value={useListingLive(listingId)}>{children}</LiveContext>;
}

export function isBusy({ enhancement }: Scene): boolean {
  return enhancement?.status === 'queued' || enhancement?.status === 'running';
}

function isArriving({ status }: Photo): boolean {
  return status === 'uploaded';
}

/** Without live news ask often while something moves; with them, now and then, in case one was lost. */
function pollEvery(live: boolean, moving: boolean): number | false {
  if (live) return moving ? 15_000 : false;
  return moving ? 2000 : 10_000;
}

export function useScenes(listingId: string) {
  const trpc = useTRPC();
  const live = useContext(LiveContext);
  return useQuery(
    trpc.scene.list.queryOptions(
      { listingId },
      { refetchInterval: ({ state }) => pollEvery(live, state.data?.some(isBusy) ?? false) },
    ),
  );
}

export function usePhotos(listingId: string) {
  const trpc = useTRPC();
  const live = useContext(LiveContext);
  return useQuery(
    trpc.photo.list.queryOptions(
      { listingId },
      { refetchInterval: ({ state }) => pollEvery(live, state.data?.some(isArriving) ?? false) },
    ),
  );
}
