import type { Metadata } from 'next';
import { Compare } from '../../../../../../components/compare/compare.tsx';
import { queryOf } from '../../../../../../lib/next-path.ts';
import { requireSession } from '../../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Compare' };

type Props = {
  params: Promise<{ listingId: string; sceneId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ScenePage({ params, searchParams }: Props) {
  const { listingId, sceneId } = await params;
  const path = `/listings/${encodeURIComponent(listingId)}/scenes/${encodeURIComponent(sceneId)}`;
  await requireSession(`${path}${queryOf(await searchParams)}`);
  return <Compare listingId={listingId} sceneId={sceneId} />;
}
