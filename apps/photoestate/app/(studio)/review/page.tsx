import type { Metadata } from 'next';
import { Reviews } from '../../../components/review/reviews.tsx';
import { queryOf } from '../../../lib/next-path.ts';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Review' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ReviewPage({ searchParams }: Props) {
  await requireSession(`/review${queryOf(await searchParams)}`);
  return <Reviews />;
}
