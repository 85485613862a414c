import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Listings } from '../../../components/listings/listings.tsx';
import { ListingsSkeleton } from '../../../components/listings/listings-skeleton.tsx';
import { queryOf } from '../../../lib/next-path.ts';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listings' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ListingsPage({ searchParams }: Props) {
  await requireSession(`/listings${queryOf(await searchParams)}`);
  return (
    <Suspense fallback={<ListingsSkeleton />}>
      <Listings />
    </Suspense>
  );
}
