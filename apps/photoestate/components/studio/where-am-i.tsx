'use client';

import { Breadcrumbs } from '@repo/ui/breadcrumbs';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useParams, usePathname } from 'next/navigation';
import { sceneOfPath } from '../../lib/compare/strip.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import { useTRPC } from '../../lib/trpc.ts';

const TITLES = [
  [/^\/account/, 'Account'],
  [/^\/credits/, 'Credits'],
  [/^\/review/, 'Review'],
  [/^\/delivered/, 'Delivered to you'],
  [/\/members$/, 'Members'],
  [/\/keys$/, 'API keys'],
  [/\/webhooks(\/|$)/, 'Webhooks'],
  [/^\/share/, 'Shared photos'],
  [/^\/organizations\/[^/]+\/settings$/, 'Organization'],
  [/^\/admin\/outbox/, 'Outbox'],
  [/^\/admin/, 'Administration'],
  [/^\/invitations\//, 'Invitation'],
  [/./, 'Listings'],
] as const;

/** The way back up, in the top bar. */
export function WhereAmI() {
  const { listingId } = useParams<{ listingId?: string }>();
  const path = usePathname();
  if (!listingId) return <Breadcrumbs items={[TITLES.find(([page]) => page.test(path))?.[1]]} />;
  // Going from scene to scene changes the address alone.
  return <ListingCrumbs listingId={listingId} sceneId={sceneOfPath(path)} />;
}

type Props = { listingId: string; sceneId: string | undefined };

function ListingCrumbs({ listingId, sceneId }: Props) {
  const trpc = useTRPC();
  const path = usePathname();
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const scenes = useQuery(
    trpc.scene.list.queryOptions({ listingId }, { enabled: sceneId !== undefined }),
  );
  const all = (
    <Link href="/listings" key="all">
      Listings
    </Link>
  );
  if (listing.isError) return <Breadcrumbs items={[all]} />;
  if (!listing.data) return <Skeleton className="h-4 w-48" />;
  const { address } = listing.data;
  const isDelivery = path.endsWith('/deliver');
  if (!sceneId && !isDelivery) return <Breadcrumbs items={[all, address]} />;
  const scene = scenes.data?.find(({ id }) => id === sceneId);
  return (
    <div className="flex items-center gap-1">
      <Link
        href={`/listings/${listingId}`}
        aria-label={`Back to ${address}`}
        className="-ml-2 flex size-8 items-center justify-center rounded-md hover:bg-hover sm:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
      </Link>
      <Breadcrumbs
        items={[
          all,
          <Link key="listing" href={`/listings/${listingId}`} className="block max-w-72 truncate">
            {address}
          </Link>,
          isDelivery ? 'Deliver' : scene ? sceneName(scene) : 'Scene',
        ]}
      />
    </div>
  );
}
