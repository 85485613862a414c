import type { Metadata } from 'next';
import { Listings } from '../../../components/listings/listings.tsx';
import { firstView } from '../../../lib/first-view.ts';
import { readFilters, toPageInput } from '../../../lib/listing-filters.ts';
import { queryOf } from '../../../lib/next-path.ts';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Listings' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ListingsPage({ searchParams }: Props) {
  const query = queryOf(await searchParams);
  await requireSession(`/listings${query}`);
  const input = toPageInput(readFilters(new URLSearchParams(query)));
  const first = await firstView((bridge, session) => bridge.openListings(session, input));
  return <Listings first={first} />;
}
