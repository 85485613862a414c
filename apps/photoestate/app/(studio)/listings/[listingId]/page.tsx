import type { Metadata } from 'next';
import { Worktable } from '../../../../components/worktable/worktable.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listing' };

export default async function ListingPage({ params }: { params: Promise<{ listingId: string }> }) {
  const { listingId } = await params;
  await requireSession(`/listings/${encodeURIComponent(listingId)}`);
  return <Worktable listingId={listingId} />;
}
