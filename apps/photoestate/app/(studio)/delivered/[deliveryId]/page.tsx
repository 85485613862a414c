import type { Metadata } from 'next';
import { DeliveredGallery } from '../../../../components/delivered/delivered-gallery.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Photos' };

export default async function DeliveredGalleryPage({
  params,
}: {
  params: Promise<{ deliveryId: string }>;
}) {
  const { deliveryId } = await params;
  await requireSession(`/delivered/${encodeURIComponent(deliveryId)}`);
  return <DeliveredGallery deliveryId={deliveryId} />;
}
