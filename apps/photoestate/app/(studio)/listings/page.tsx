import type { Metadata } from 'next';
import { Listings } from '../../../components/listings/listings.tsx';
import { queryOf } from '../../../lib/next-path.ts';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listings' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ListingsPage({ searchParams }: Props) {
  await requireSession(`/listings${queryOf(await searchParams)}`);
  return <Listings />;
}
