'use client';

import { Button } from '@repo/ui/button';
import { formatNumber } from '@repo/ui/format';
import { Skeleton } from '@repo/ui/skeleton';
import {
  Table,
  TableBody,
  TableCell,
  TableFrame,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '@repo/ui/table';
import { DateTime } from '@repo/ui/time';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type CreditEntry, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';

const KINDS: Record<CreditEntry['kind'], string> = {
  grant: 'Granted',
  reserve: 'Held for a photo',
  settle: 'Spent',
  release: 'Given back',
  expire: 'Expired',
};

/** Every change, newest first. */
export function Ledger({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const entries = useInfiniteQuery(
    trpc.credit.entries.infiniteQueryOptions(
      { organizationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const { data, isError, hasNextPage, isFetchingNextPage } = entries;
  if (isError && !data) {
    return <LoadFailed titled title="The history could not be loaded" queries={[entries]} />;
  }
  return (
    <section className="flex flex-col gap-3">
      <h2 id="history" className="font-semibold text-base">
        History
      </h2>
      {data ? (
        <TableFrame tabIndex={0} role="region" aria-labelledby="history">
          <Table>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Time</TableHeaderCell>
                <TableHeaderCell>What</TableHeaderCell>
                <TableHeaderCell className="max-sm:hidden">Listing</TableHeaderCell>
                <TableHeaderCell className="max-sm:hidden">Member</TableHeaderCell>
                <TableHeaderCell numeric>Balance change</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {data.pages.flatMap(({ items }) =>
                items.map((each) => <Row key={each.id} {...each} />),
              )}
            </TableBody>
          </Table>
        </TableFrame>
      ) : (
        <Skeleton className="h-64 rounded-lg" />
      )}
      {hasNextPage ? (
        <Button
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void entries.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </section>
  );
}

function Row({ kind, createdAt, credits, listingId, address, member, note }: CreditEntry) {
  const listing =
    address === null ? (
      <span className="text-muted-foreground">
        {listingId === null ? '–' : 'A deleted listing'}
      </span>
    ) : (
      <Link href={`/listings/${listingId}`} className="hover:underline">
        {address}
      </Link>
    );
  return (
    <TableRow>
      <TableCell className="text-muted-foreground sm:whitespace-nowrap">
        <DateTime value={createdAt} />
      </TableCell>
      <TableCell className="sm:whitespace-nowrap">
        {KINDS[kind]}
        {note ? <span className="text-muted-foreground"> · {note}</span> : null}
        {/* Too narrow for columns of their own. */}
        {listingId === null ? null : <span className="block sm:hidden">{listing}</span>}
        {member === null ? null : (
          <span className="block text-muted-foreground sm:hidden">{member}</span>
        )}
      </TableCell>
      <TableCell className="max-w-64 truncate max-sm:hidden">{listing}</TableCell>
      <TableCell className="whitespace-nowrap text-muted-foreground max-sm:hidden">
        {member ?? '–'}
      </TableCell>
      <TableCell numeric>{signed(credits)}</TableCell>
    </TableRow>
  );
}

const signed = (credits: number) =>
  credits > 0 ? `+${formatNumber(credits)}` : credits < 0 ? `−${formatNumber(-credits)}` : '0';
