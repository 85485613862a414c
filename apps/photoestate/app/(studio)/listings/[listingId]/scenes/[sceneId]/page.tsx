import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Compare } from '../../../../../../components/compare/compare.tsx';
import { CompareSkeleton } from '../../../../../../components/compare/compare-skeleton.tsx';
import { requireSession } from '../../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Compare' };

type Props = { params: Promise<{ listingId: string; sceneId: string }> };

export default async function ScenePage({ params }: Props) {
  const { listingId, sceneId } = await params;
  const path = `/listings/${encodeURIComponent(listingId)}/scenes/${encodeURIComponent(sceneId)}`;
  await requireSession(path);
  return (
    <Suspense fallback={<CompareSkeleton />}>
      <Compare listingId={listingId} sceneId={sceneId} />
    </Suspense>
  );
}
