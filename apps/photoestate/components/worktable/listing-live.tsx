'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useListingLive } from '../../lib/live/use-listing-live.ts';
import { withEdits, withoutDeleted } from '../../lib/offline/edits.ts';
import { type OpenRequest, type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';
import { useListingEdits } from '../offline/outbox.tsx';
import { useForgottenPlace } from './table-place.tsx';

const LiveContext = createContext(false);

export function ListingLive({ listingId, children }: { listingId: string; children: ReactNode }) {
  useForgottenPlace(listingId);
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

/** The scenes as they are once what was changed here is sent. */
export function useScenes(listingId: string) {
  const trpc = useTRPC();
  const live = useContext(LiveContext);
  const edits = useListingEdits(listingId);
  const scenes = useQuery(
    trpc.scene.list.queryOptions(
      { listingId },
      { refetchInterval: ({ state }) => pollEvery(live, state.data?.some(isBusy) ?? false) },
    ),
  );
  const { data } = scenes;
  return { ...scenes, data: useMemo(() => data && withEdits(data, edits), [data, edits]) } as const;
}

export function usePhotos(listingId: string) {
  const trpc = useTRPC();
  const live = useContext(LiveContext);
  const edits = useListingEdits(listingId);
  const photos = useQuery(
    trpc.photo.list.queryOptions(
      { listingId },
      { refetchInterval: ({ state }) => pollEvery(live, state.data?.some(isArriving) ?? false) },
    ),
  );
  const { data } = photos;
  return {
    ...photos,
    data: useMemo(() => data && withoutDeleted(data, edits), [data, edits]),
  } as const;
}

/** What clients wait for, by the scene that it is about; scenes of which nobody wants anything are not in it. */
export function useRequests(
  listingId: string,
  scenes: readonly Pick<Scene, 'id'>[],
): ReadonlyMap<string, readonly OpenRequest[]> {
  const trpc = useTRPC();
  const live = useContext(LiveContext);
  const { data } = useQuery(
    trpc.delivery.requests.queryOptions({ listingId }, { refetchInterval: live ? false : 30_000 }),
  );
  return useMemo(() => {
    const there = new Set(scenes.map(({ id }) => id));
    const about = data?.flatMap((request) =>
      request.sceneId !== null && there.has(request.sceneId)
        ? { request, sceneId: request.sceneId }
        : [],
    );
    return new Map(
      [...Map.groupBy(about ?? [], ({ sceneId }) => sceneId)].map(([id, found]) => [
        id,
        found.map(({ request }) => request),
      ]),
    );
  }, [data, scenes]);
}
