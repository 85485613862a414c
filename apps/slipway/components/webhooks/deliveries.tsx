'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Select } from '@repo/ui/select';
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
import { RelativeTime } from '@repo/ui/time';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, useTRPC, type WebhookDelivery } from '../../lib/trpc.ts';
import { DeliveryDialog } from './delivery-dialog.tsx';
import type { EndpointProps } from './webhook-panel.tsx';
import { type EventType, FILTER_TYPES, STATES } from './webhook-words.ts';

type State = WebhookDelivery['state'];

/** What was sent, newest first. */
export function Deliveries({ projectId, webhook }: EndpointProps) {
  const trpc = useTRPC();
  const [state, setState] = useState<State | ''>('');
  const [type, setType] = useState<EventType | ''>('');
  const [openId, setOpenId] = useState<string>();
  const pages = useInfiniteQuery(
    trpc.webhook.deliveries.infiniteQueryOptions(
      {
        projectId,
        endpointId: webhook.id,
        ...(state && { state }),
        ...(type && { type }),
      },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, refetchInterval: 5_000 },
    ),
  );
  const rows = pages.data?.pages.flatMap(({ data }) => data);
  return (
    <section aria-labelledby="deliveries-title" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2
          id="deliveries-title"
          className="mr-auto basis-full font-semibold text-base sm:basis-auto"
        >
          Deliveries
        </h2>
        <Select
          aria-label="State"
          className="w-36"
          value={state}
          onChange={(event) => setState(event.target.value as State | '')}
        >
          <option value="">All states</option>
          {Object.entries(STATES).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Event type"
          className="w-44"
          value={type}
          onChange={(event) => setType(event.target.value as EventType | '')}
        >
          <option value="">All events</option>
          {FILTER_TYPES.map((value) => (
            <option key={value}>{value}</option>
          ))}
        </Select>
      </div>
      <Rows
        rows={rows}
        isFiltered={state !== '' || type !== ''}
        error={pages.error}
        onRetry={() => void pages.refetch()}
        onOpen={setOpenId}
      />
      {pages.hasNextPage ? (
        <Button
          className="self-center"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
      {openId ? (
        <DeliveryDialog
          projectId={projectId}
          webhook={webhook}
          deliveryId={openId}
          onClose={() => setOpenId(undefined)}
        />
      ) : null}
    </section>
  );
}

type RowsProps = {
  rows: WebhookDelivery[] | undefined;
  isFiltered: boolean;
  error: unknown;
  onRetry: () => void;
  onOpen: (id: string) => void;
};

function Rows({ rows, isFiltered, error, onRetry, onOpen }: RowsProps) {
  if (rows === undefined && error !== null) {
    const { message, requestId } = describeError(error);
    return (
      <ErrorState
        title="The deliveries could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={onRetry}
      />
    );
  }
  if (rows === undefined) return <Skeleton aria-busy="true" className="h-64 rounded-lg" />;
  if (rows.length === 0)
    return (
      <EmptyState
        className="rounded-lg border py-10"
        title={isFiltered ? 'Nothing matches' : 'Nothing was sent yet'}
        description={
          isFiltered
            ? 'No delivery of the last 30 days is like that.'
            : 'Send a test, or upload a file.'
        }
      />
    );
  return (
    <TableFrame>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeaderCell>Event</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell className="hidden sm:table-cell">About</TableHeaderCell>
            <TableHeaderCell numeric>Tries</TableHeaderCell>
            <TableHeaderCell numeric>Answer</TableHeaderCell>
            <TableHeaderCell className="hidden sm:table-cell" numeric>
              Created
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <DeliveryRow key={row.id} row={row} onOpen={onOpen} />
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  );
}

function DeliveryRow({ row, onOpen }: { row: WebhookDelivery; onOpen: (id: string) => void }) {
  const { label, tone } = STATES[row.state];
  return (
    <TableRow className="relative">
      <TableCell>
        <button
          type="button"
          onClick={() => onOpen(row.id)}
          className="font-mono text-[13px] after:absolute after:inset-0"
        >
          {row.eventType}
          <span className="sr-only">, delivery {row.id}</span>
        </button>
      </TableCell>
      <TableCell>
        <Badge tone={tone}>{label}</Badge>
      </TableCell>
      <TableCell className="hidden max-w-56 truncate font-mono text-muted-foreground text-xs sm:table-cell">
        {row.entityId}
      </TableCell>
      <TableCell numeric>{row.attempts}</TableCell>
      <TableCell numeric>{row.lastStatus ?? '–'}</TableCell>
      <TableCell className="hidden text-muted-foreground sm:table-cell" numeric>
        <RelativeTime value={row.createdAt} />
      </TableCell>
    </TableRow>
  );
}
