'use client';

import { Badge } from '@repo/ui/badge';
import { EmptyState } from '@repo/ui/empty-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { RelativeTime } from '@repo/ui/time';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Images } from 'lucide-react';
import Link from 'next/link';
import { counted } from '../../lib/listing-status.ts';
import { type DeliveredToMe, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';

/** A client's way in: what studios delivered to their address, and nothing else. */
export function DeliveredList() {
  const trpc = useTRPC();
  const mine = useQuery(trpc.delivery.mine.queryOptions());
  if (mine.error && !mine.data)
    return <LoadFailed title="Your photos could not be loaded" queries={[mine]} />;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Delivered to you"
        description="Photos that studios sent to your address."
      />
      {mine.data === undefined ? (
        <div aria-busy="true" className="flex flex-col gap-2">
          <Skeleton className="h-18" />
          <Skeleton className="h-18" />
        </div>
      ) : mine.data.length === 0 ? (
        <EmptyState
          icon={<Images />}
          title="Nothing was delivered to you yet"
          description="When a studio that you belong to delivers photos to your address, they are here."
        />
      ) : (
        <ul className="flex flex-col divide-y rounded-lg border bg-card">
          {mine.data.map((each) => (
            <Row key={each.id} {...each} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ id, address, organizationName, photos, deliveredAt, decision }: DeliveredToMe) {
  return (
    <li>
      <Link
        href={`/delivered/${id}`}
        className="flex items-center gap-4 rounded-lg px-5 py-4 hover:bg-muted"
      >
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5">
          <span className="min-w-0 grow basis-64">
            <span className="block font-medium [overflow-wrap:anywhere]">{address}</span>
            <span className="block text-muted-foreground text-sm">
              {organizationName} · {counted(photos, 'photo')} · <RelativeTime value={deliveredAt} />
            </span>
          </span>
          {decision === null ? null : (
            <Badge tone={decision === 'approved' ? 'success' : 'warning'}>
              {decision === 'approved' ? 'Approved' : 'Changes asked for'}
            </Badge>
          )}
        </span>
        <ChevronRight aria-hidden="true" className="size-4 text-muted-foreground" />
      </Link>
    </li>
  );
}
