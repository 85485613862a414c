'use client';

import { Badge } from '@repo/ui/badge';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { Input } from '@repo/ui/input';
import { PageHeader } from '@repo/ui/page-header';
import { Select } from '@repo/ui/select';
import { TableCell, TableHeaderCell, TableRow } from '@repo/ui/table';
import { RelativeTime } from '@repo/ui/time';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { type InstallationOrganization, useTRPC } from '../../lib/trpc.ts';
import { LogSection } from '../panel/log-section.tsx';

type PlanName = InstallationOrganization['plan']['name'];

const PLAN_TITLES: Readonly<Record<PlanName, string>> = {
  free: 'Free',
  pro: 'Pro',
  team: 'Team',
  self_host: 'Self-hosted',
};

/** All organizations of the installation, for its admins. */
export function AdminOrganizations() {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const [plan, setPlan] = useState<PlanName | ''>('');
  const wanted = useDeferredValue(search.trim());
  const pages = useInfiniteQuery(
    trpc.installation.organizations.infiniteQueryOptions(
      { ...(wanted && { search: wanted }), ...(plan && { plan }) },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        placeholderData: keepPreviousData,
      },
    ),
  );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Administration"
        description="All organizations of this server: what they use, and what they may use."
      />
      <LogSection
        title="Organizations"
        what="The organizations"
        filters={
          <div className="flex flex-1 basis-80 flex-wrap gap-2 sm:flex-none">
            <Input
              aria-label="Search"
              type="search"
              className="min-w-0 flex-1 sm:w-72"
              placeholder="Name, id or a member’s address"
              value={search}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setSearch(event.target.value)}
            />
            <Select
              aria-label="Plan"
              className="w-36"
              value={plan}
              onChange={(event) => setPlan(event.target.value as PlanName | '')}
            >
              <option value="">All plans</option>
              {Object.entries(PLAN_TITLES).map(([name, title]) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </Select>
          </div>
        }
        pages={pages}
        rows={pages.data?.pages.flatMap(({ data }) => data)}
        head={
          <>
            <TableHeaderCell>Organization</TableHeaderCell>
            <TableHeaderCell>Plan</TableHeaderCell>
            <TableHeaderCell numeric className="hidden md:table-cell">
              Members
            </TableHeaderCell>
            <TableHeaderCell numeric className="hidden md:table-cell">
              Projects
            </TableHeaderCell>
            <TableHeaderCell numeric>Stored</TableHeaderCell>
            <TableHeaderCell numeric className="hidden md:table-cell">
              Created
            </TableHeaderCell>
          </>
        }
        row={(row) => <Row key={row.id} row={row} />}
        nothing={{
          icon: <SearchX />,
          title: 'Nothing like that',
          description: 'No organization has such a name, id or member.',
        }}
      />
    </div>
  );
}

function Row({ row }: { row: InstallationOrganization }) {
  return (
    <TableRow className="relative">
      <TableCell className="w-full max-w-0">
        <Link
          href={`/admin/organizations/${encodeURIComponent(row.id)}`}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          {row.name}
        </Link>
        <span className="block truncate text-muted-foreground text-xs">
          {row.ownerEmail ?? 'No members'}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <Badge tone={row.hasOwnLimits ? 'info' : 'neutral'}>
          {row.plan.title}
          {row.hasOwnLimits ? <span title="With limits of its own"> +</span> : null}
        </Badge>
      </TableCell>
      <TableCell numeric className="hidden md:table-cell">
        {formatNumber(row.members)}
      </TableCell>
      <TableCell numeric className="hidden md:table-cell">
        {formatNumber(row.projects)}
      </TableCell>
      <TableCell numeric className="whitespace-nowrap">
        {formatBytes(row.bytes)}
        {row.storageBytes === null ? null : (
          <span className="block text-muted-foreground text-xs">
            of {formatBytes(row.storageBytes)}
          </span>
        )}
      </TableCell>
      <TableCell numeric className="hidden whitespace-nowrap text-muted-foreground md:table-cell">
        <RelativeTime value={row.createdAt} />
      </TableCell>
    </TableRow>
  );
}
