import type { Metadata } from 'next';
import { DeliverPage } from '../../../../../components/deliver/deliver-page.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Deliver' };

export default async function Deliver({ params }: { params: Promise<{ listingId: string }> }) {
  const { listingId } = await params;
  await requireSession(`/listings/${encodeURIComponent(listingId)}/deliver`);
  return <DeliverPage listingId={listingId} />;
}
