'use client';

import { Breadcrumbs } from '@repo/ui/breadcrumbs';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useParams, usePathname } from 'next/navigation';
import { sceneName } from '../../lib/scene-edits.ts';
import { useTRPC } from '../../lib/trpc.ts';

/** The way back up, in the top bar. */
export function WhereAmI() {
  const { listingId, sceneId } = useParams<{ listingId?: string; sceneId?: string }>();
  const path = usePathname();
  if (!listingId) return <Breadcrumbs items={[path === '/account' ? 'Account' : 'Listings']} />;
  return <ListingCrumbs listingId={listingId} sceneId={sceneId} />;
}

type Props = { listingId: string; sceneId: string | undefined };

function ListingCrumbs({ listingId, sceneId }: Props) {
  const trpc = useTRPC();
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const scenes = useQuery(
    trpc.scene.list.queryOptions({ listingId }, { enabled: sceneId !== undefined }),
  );
  const all = (
    <Link href="/listings" key="all" className={sceneId ? 'max-sm:hidden' : ''}>
      Listings
    </Link>
  );
  if (listing.isError) return <Breadcrumbs items={[all]} />;
  if (!listing.data) return <Skeleton className="h-4 w-48" />;
  const { address } = listing.data;
  if (!sceneId) return <Breadcrumbs items={[all, address]} />;
  const scene = scenes.data?.find(({ id }) => id === sceneId);
  return (
    <Breadcrumbs
      items={[
        all,
        <Link
          key="listing"
          href={`/listings/${listingId}`}
          className="block max-w-36 truncate sm:max-w-72"
        >
          {address}
        </Link>,
        scene ? sceneName(scene) : 'Scene',
      ]}
    />
  );
}
