import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Listings } from '../../../components/listings/listings.tsx';
import { ListingsSkeleton } from '../../../components/listings/listings-skeleton.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listings' };

export default async function ListingsPage() {
  await requireSession('/listings');
  return (
    <Suspense fallback={<ListingsSkeleton />}>
      <Listings />
    </Suspense>
  );
}
