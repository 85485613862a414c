// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand are no rows of a table to a browser
// biome-ignore-all lint/a11y/useFocusableInteractive: the link in each row has the focus
'use client';

import { cn } from '@repo/ui/cn';
import { StatusChip } from '@repo/ui/status-chip';
import { RelativeTime } from '@repo/ui/time';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { CSSProperties, ReactNode, RefObject } from 'react';
import { formatDay } from '../../lib/format-day.ts';
import { isMoving, statusLook } from '../../lib/listing-status.ts';
import { stripSet } from '../../lib/pictures.ts';
import type { ListingSort, ListingSummary } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { ChooseBox } from './choose-box.tsx';
import { chooseOnClick, countsOf, elementId } from './listing-card.tsx';
import type { ListingSelection } from './use-listing-deeds.ts';
import type { ListingFilters } from './use-listing-filters.ts';

export const TABLE_ROW = 57;

/** One column more for each width that has room for it. */
const line =
  'grid items-center gap-x-4 px-3 grid-cols-[1.25rem_minmax(0,1fr)_auto] md:grid-cols-[1.25rem_minmax(0,2.4fr)_7.5rem_minmax(0,1fr)_7rem] lg:grid-cols-[1.25rem_minmax(0,2.4fr)_7.5rem_minmax(0,1fr)_7rem_minmax(0,1.4fr)_6rem]';
const fromMd = 'max-md:hidden';
const fromLg = 'max-lg:hidden';

type TableProps = {
  filters: ListingFilters;
  /** Null while there may be more. */
  count: number | null;
  dimmed: boolean;
  box: RefObject<HTMLDivElement | null>;
  style: CSSProperties;
  children: ReactNode;
};

export function ListingTable({ filters, count, dimmed, box, style, children }: TableProps) {
  return (
    <div
      role="table"
      aria-label="Listings"
      aria-rowcount={count === null ? -1 : count + 1}
      aria-busy={dimmed}
      className="overflow-clip rounded-lg border bg-card text-sm"
    >
      <TableHead filters={filters} />
      <div ref={box} role="rowgroup" style={style}>
        {children}
      </div>
    </div>
  );
}

function TableHead({ filters }: { filters: ListingFilters }) {
  return (
    <div role="rowgroup">
      <div
        role="row"
        className={cn(line, 'h-9 border-b bg-muted font-medium text-muted-foreground text-xs')}
      >
        <span role="columnheader">
          <span className="sr-only">Selected</span>
        </span>
        <SortHead filters={filters} by="address" label="Address" />
        <span role="columnheader" className="max-md:text-end">
          Status
        </span>
        <span role="columnheader" className={fromMd}>
          Agent
        </span>
        <SortHead filters={filters} by="shoot" label="Shoot" className={fromMd} />
        <span role="columnheader" className={fromLg}>
          Photos
        </span>
        <SortHead
          filters={filters}
          by="changed"
          label="Changed"
          className={cn(fromLg, 'justify-end')}
        />
      </div>
    </div>
  );
}

type HeadProps = {
  filters: ListingFilters;
  by: ListingSort;
  label: string;
  className?: string;
};

function SortHead({ filters, by, label, className }: HeadProps) {
  const sorted = filters.sort === by;
  const ascending = by === 'address';
  const Arrow = ascending ? ArrowUp : ArrowDown;
  return (
    <span
      role="columnheader"
      aria-sort={sorted ? (ascending ? 'ascending' : 'descending') : 'none'}
      className={cn('flex', className)}
    >
      <button
        type="button"
        onClick={() => filters.set({ sort: sorted ? undefined : by })}
        className="flex h-6 items-center gap-1 rounded-sm hover:text-foreground"
      >
        {label}
        {sorted ? <Arrow aria-hidden="true" className="size-3" /> : null}
      </button>
    </span>
  );
}

type LineProps = {
  listing: ListingSummary;
  selection: ListingSelection;
  place: number;
  tabStop: boolean;
  style: CSSProperties | undefined;
};

export function TableLine({ listing, selection, place, tabStop, style }: LineProps) {
  const { id, address, mlsId, tags, status, agent, shootDate, coverUrl, updatedAt } = listing;
  const { label, tone } = statusLook(status);
  const chosen = selection.isChosen(id);
  const note = [mlsId, tags.map((tag) => `#${tag}`).join(' ')].filter(Boolean).join(' · ');
  return (
    <div
      role="row"
      aria-rowindex={place}
      style={style}
      className={cn(
        line,
        'relative h-[57px] border-b hover:bg-muted/60 has-[a:focus-visible]:bg-hover',
        chosen && 'bg-primary-soft hover:bg-primary-soft',
      )}
    >
      <span role="cell" className="relative z-1 flex">
        <ChooseBox
          address={address}
          chosen={chosen}
          onChoose={(reach) => selection.hit(id, reach)}
          className="relative size-4"
        />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-3">
        <span className="block h-10 w-15 shrink-0 overflow-hidden rounded-sm bg-canvas">
          {coverUrl ? (
            <Thumb
              src={coverUrl}
              srcSet={stripSet(coverUrl)}
              sizes="60px"
              alt=""
              className="size-full object-cover"
            />
          ) : null}
        </span>
        <Link
          id={elementId(id)}
          href={`/listings/${id}`}
          prefetch={false}
          tabIndex={tabStop ? 0 : -1}
          title={address}
          onFocus={() => selection.activate(id)}
          onClick={chooseOnClick(selection, id)}
          // Said below the address without an element of its own.
          data-note={note}
          className="block min-w-0 truncate font-medium before:absolute before:inset-0 after:block after:truncate after:font-normal after:text-muted-foreground after:text-xs after:content-[attr(data-note)] focus-visible:outline-none focus-visible:before:outline-2 focus-visible:before:outline-ring focus-visible:before:-outline-offset-2"
        >
          {address}
        </Link>
      </span>
      <span role="cell" className="flex max-md:justify-end">
        <StatusChip tone={tone} label={label} moving={isMoving(status)} />
      </span>
      <span role="cell" className={cn('truncate text-muted-foreground', fromMd)}>
        {agent?.name}
      </span>
      <span role="cell" className={cn('truncate text-muted-foreground tabular-nums', fromMd)}>
        {shootDate ? formatDay(shootDate) : null}
      </span>
      <span role="cell" className={cn('truncate text-muted-foreground tabular-nums', fromLg)}>
        {countsOf(listing)}
      </span>
      <span
        role="cell"
        className={cn('truncate text-end text-muted-foreground tabular-nums', fromLg)}
      >
        <RelativeTime value={updatedAt} />
      </span>
    </div>
  );
}
