'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../badge.tsx';
import { LogSection } from '../panel/log-section.tsx';
import { Select } from '../select.tsx';
import { TableCell, TableHeaderCell, TableRow } from '../table.tsx';
import { RelativeTime } from '../time.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { type DeliveryState, useDesk, type Webhook, type WebhookDelivery } from './desk.tsx';
import { answerOf, deliveryStateOf, STATES } from './webhook-words.ts';

/** What was sent, newest first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { key, calls, events, makeHappen, describeError } = useDesk();
  const [state, setState] = useState<DeliveryState | ''>('');
  const [type, setType] = useState<string>('');
  const [openId, setOpenId] = useState<string>();
  const pages = useInfiniteQuery({
    queryKey: [...key, webhook.id, 'deliveries', state, type],
    queryFn: ({ pageParam }) =>
      calls.deliveries(webhook.id, {
        ...(state && { state }),
        ...(type && { type }),
        ...(pageParam !== undefined && { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 5_000,
  });
  const rows = pages.data?.pages.flatMap(({ data }) => data);
  const isFiltered = state !== '' || type !== '';
  return (
    <>
      <LogSection
        title="Deliveries"
        what="The deliveries"
        filters={
          <div className="flex min-w-0 gap-2 max-sm:w-full">
            <Select
              aria-label="State"
              className="w-36 min-w-0 shrink"
              value={state}
              onChange={(event) => setState(event.target.value as DeliveryState | '')}
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
              className="w-44 min-w-0 shrink"
              value={type}
              onChange={(event) => setType(event.target.value)}
            >
              <option value="">All events</option>
              {Object.keys(events).map((value) => (
                <option key={value}>{value}</option>
              ))}
            </Select>
          </div>
        }
        pages={pages}
        describeError={describeError}
        rows={rows}
        head={
          <>
            <TableHeaderCell>Event</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell className="hidden sm:table-cell">About</TableHeaderCell>
            <TableHeaderCell className="hidden sm:table-cell" numeric>
              Tries
            </TableHeaderCell>
            <TableHeaderCell numeric>Answer</TableHeaderCell>
            <TableHeaderCell className="hidden sm:table-cell" numeric>
              Created
            </TableHeaderCell>
          </>
        }
        row={(row) => <DeliveryRow key={row.id} row={row} onOpen={setOpenId} />}
        nothing={
          isFiltered
            ? {
                title: 'Nothing matches',
                description: 'No delivery that the log still has is like that.',
              }
            : { title: 'Nothing was sent yet', description: makeHappen }
        }
      />
      {openId ? (
        <DeliveryDialog
          webhook={webhook}
          deliveryId={openId}
          onClose={() => setOpenId(undefined)}
        />
      ) : null}
    </>
  );
}

function DeliveryRow({ row, onOpen }: { row: WebhookDelivery; onOpen: (id: string) => void }) {
  const { label, tone } = deliveryStateOf(row);
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
      <TableCell className="hidden sm:table-cell" numeric>
        {row.attempts}
      </TableCell>
      <TableCell numeric>{answerOf(row)}</TableCell>
      <TableCell className="hidden text-muted-foreground sm:table-cell" numeric>
        <RelativeTime value={row.createdAt} />
      </TableCell>
    </TableRow>
  );
}
