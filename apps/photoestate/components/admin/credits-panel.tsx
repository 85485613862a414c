'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { formatNumber } from '@repo/ui/format';
import { Input } from '@repo/ui/input';
import { PageHeader } from '@repo/ui/page-header';
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
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { type CreditHolder, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { GiveCreditsDialog } from './give-credits-dialog.tsx';

/** All organizations of the installation with their credits, for its admins. */
export function AdminCredits() {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<CreditHolder>();
  const wanted = useDeferredValue(search.trim());
  const pages = useInfiniteQuery(
    trpc.installation.creditHolders.infiniteQueryOptions(
      { ...(wanted && { search: wanted }) },
      { getNextPageParam: (last) => last.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  if (pages.error && !pages.data)
    return <LoadFailed title="The organizations could not be loaded" queries={[pages]} />;
  const holders = pages.data?.pages.flatMap(({ items }) => items);
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Credits of this server"
        description="Give credits to organizations. They read your reason in their ledger, and are told."
        actions={
          <Button asChild>
            <Link href="/admin/outbox">Outbox</Link>
          </Button>
        }
      />
      <Input
        aria-label="Search"
        type="search"
        className="sm:w-80"
        placeholder="Name, id or a member’s address"
        value={search}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setSearch(target.value)}
      />
      {holders === undefined ? (
        <div aria-busy="true">
          <Skeleton className="h-80 rounded-lg" />
        </div>
      ) : holders.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title="Nothing like that"
          description="No organization has such a name, id or member."
          className="rounded-lg border"
        />
      ) : (
        <Holders holders={holders} onGive={setChosen} />
      )}
      {pages.hasNextPage ? (
        <Button
          className="self-center"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Older organizations
        </Button>
      ) : null}
      {chosen ? <GiveCreditsDialog holder={chosen} onClose={() => setChosen(undefined)} /> : null}
    </div>
  );
}

type HoldersProps = {
  holders: readonly CreditHolder[];
  onGive: (holder: CreditHolder) => void;
};

function Holders({ holders, onGive }: HoldersProps) {
  return (
    <TableFrame>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeaderCell>Organization</TableHeaderCell>
            <TableHeaderCell numeric className="hidden md:table-cell">
              Members
            </TableHeaderCell>
            <TableHeaderCell numeric>To spend</TableHeaderCell>
            <TableHeaderCell numeric className="hidden md:table-cell">
              Held by work
            </TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">Actions</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {holders.map((holder) => (
            <TableRow key={holder.id}>
              <TableCell className="w-full max-w-0">
                <span className="block truncate font-medium">{holder.name}</span>
                <span className="block truncate text-muted-foreground text-xs">
                  {holder.ownerEmail ?? 'Without an owner'}
                </span>
              </TableCell>
              <TableCell numeric className="hidden md:table-cell">
                {formatNumber(holder.members)}
              </TableCell>
              <TableCell numeric>
                {holder.available === null ? 'Unused' : formatNumber(holder.available)}
              </TableCell>
              <TableCell numeric className="hidden md:table-cell">
                {formatNumber(holder.reserved ?? 0)}
              </TableCell>
              <TableCell>
                <Button
                  aria-label={`Give credits to ${holder.name}`}
                  onClick={() => onGive(holder)}
                >
                  Give
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  );
}
