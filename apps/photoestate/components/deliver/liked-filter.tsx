'use client';

import { Button } from '@repo/ui/button';
import { useQuery } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { type Scene, useTRPC, type VisitorFavourites } from '../../lib/trpc.ts';
import { useSelection } from '../batch/selection.tsx';

/** In the address: whose favourites are shown alone. */
const PARAM = 'liked';

/** What a client likes of this listing; undefined while nobody's favourites are asked for, or not known yet. */
export function useLiked(listingId: string): VisitorFavourites | undefined {
  const trpc = useTRPC();
  const visitorId = useSearchParams().get(PARAM) ?? '';
  const { data } = useQuery(
    trpc.delivery.favourites.queryOptions({ visitorId }, { enabled: visitorId !== '' }),
  );
  return visitorId !== '' && data?.listingId === listingId ? data : undefined;
}

function showAll() {
  const query = new URLSearchParams(window.location.search);
  query.delete(PARAM);
  const text = query.toString();
  window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
}

type Props = { liked: VisitorFavourites; scenes: readonly Scene[] };

/** Says whose favourites are shown; they are selected from the start, to be worked on together. One for each client. */
export function LikedFilter({ liked, scenes }: Props) {
  const { all } = useSelection();
  const selectAll = useEffectEvent(all);
  const { name, sceneIds } = liked;
  useEffect(() => selectAll(), []);
  const there = scenes.filter(({ id }) => sceneIds.includes(id)).length;
  return (
    <section
      aria-label="Favourites"
      className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-card px-4 py-2.5"
    >
      <Heart aria-hidden="true" className="size-4 shrink-0 fill-current text-danger" />
      <p className="min-w-0 flex-1 basis-56 text-sm">
        Favourites of {name ?? 'somebody with the link'}:{' '}
        <span className="tabular-nums">
          {there} of {counted(scenes.length, 'scene')}
        </span>
      </p>
      <Button size="sm" onClick={showAll}>
        Show all scenes
      </Button>
    </section>
  );
}
