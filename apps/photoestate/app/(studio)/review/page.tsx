import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ReviewSkeleton } from '../../../components/review/review-skeleton.tsx';
import { Reviews } from '../../../components/review/reviews.tsx';
import { queryOf } from '../../../lib/next-path.ts';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Review' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ReviewPage({ searchParams }: Props) {
  await requireSession(`/review${queryOf(await searchParams)}`);
  return (
    <Suspense fallback={<ReviewSkeleton />}>
      <Reviews />
    </Suspense>
  );
}
