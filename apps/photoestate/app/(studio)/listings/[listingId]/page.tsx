import type { Metadata } from 'next';
import { Worktable } from '../../../../components/worktable/worktable.tsx';
import { firstView } from '../../../../lib/first-view.ts';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listing' };

export default async function ListingPage({ params }: { params: Promise<{ listingId: string }> }) {
  const { listingId } = await params;
  await requireSession(`/listings/${encodeURIComponent(listingId)}`);
  const first = await firstView((bridge, session) => bridge.openListing(session, listingId));
  return <Worktable listingId={listingId} first={first} />;
}
