'use client';

import { useEffect, useRef } from 'react';
import type { ListingSummary } from '../../lib/trpc.ts';
import { useVirtualLines } from '../virtual/use-virtual-lines.ts';
import { cardHeight, elementId, ListingCard } from './listing-card.tsx';
import { ListingTable, TABLE_ROW, TableLine } from './listing-table.tsx';
import type { ListingSelection } from './use-listing-deeds.ts';
import type { ListingFilters } from './use-listing-filters.ts';

const GAP = 20;
const NARROWEST = 272;
/** So many listings before the last one the next page is asked for. */
const NEAR_END = 24;

export type GridProps = {
  rows: readonly ListingSummary[];
  selection: ListingSelection;
  filters: ListingFilters;
  dimmed: boolean;
  /** Null when all are there, or on their way. */
  onMore: (() => void) | null;
  /** Told how many are beside each other: up and down go by lines. */
  onColumns: (columns: number) => void;
};

/** The listings as cards or rows, of which only those near the window exist. */
export function ListingGrid({ rows, selection, filters, dimmed, onMore, onColumns }: GridProps) {
  const list = useRef<HTMLUListElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const table = filters.view === 'table';
  const { activeIndex, active, moved } = selection;
  const { virtual, columns, inFirstLine, drawn, style } = useVirtualLines({
    box: table ? body : list,
    items: rows.length,
    gap: table ? 0 : GAP,
    narrowest: table ? Number.POSITIVE_INFINITY : NARROWEST,
    height: table ? () => TABLE_ROW : cardHeight,
    overscan: table ? 6 : 1,
    kept: activeIndex,
  });
  useEffect(() => onColumns(columns), [columns, onColumns]);

  const last = (virtual.range?.endIndex ?? 0) + 1;
  useEffect(() => {
    if (onMore && last * columns > rows.length - NEAR_END) onMore();
  }, [onMore, last, columns, rows.length]);

  // The keyboard may be at a listing that is far from the window, and not in the document yet.
  const activeId = active?.id;
  const followed = useRef(0);
  useEffect(() => {
    // Only when the keyboard moved: not when rows come, or the window changes.
    if (moved === followed.current || activeIndex < 0 || activeId === undefined) return;
    followed.current = moved;
    virtual.scrollToIndex(Math.floor(activeIndex / columns));
    focusSoon(elementId(activeId), () => followed.current === moved);
  }, [moved, activeIndex, activeId, columns, virtual]);

  const tabStop = Math.max(0, activeIndex);
  const entries = drawn.flatMap(({ index, style: own }) => {
    const listing = rows[index];
    return listing === undefined ? [] : [{ listing, index, own }];
  });
  return (
    <div
      data-listings
      data-keys="listings"
      className={dimmed ? 'opacity-60 transition-opacity' : 'transition-opacity'}
    >
      {table ? (
        <ListingTable
          filters={filters}
          count={onMore ? null : rows.length}
          dimmed={dimmed}
          box={body}
          style={style}
        >
          {entries.map(({ listing, index, own }) => (
            <TableLine
              key={listing.id}
              listing={listing}
              selection={selection}
              place={index + 2}
              tabStop={index === tabStop}
              style={own}
            />
          ))}
        </ListingTable>
      ) : (
        <ul ref={list} aria-label="Listings" aria-busy={dimmed} style={style}>
          {entries.map(({ listing, index, own }) => (
            <ListingCard
              key={listing.id}
              listing={listing}
              selection={selection}
              place={index + 1}
              tabStop={index === tabStop}
              eager={index < 2 * inFirstLine}
              style={own}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Once it is drawn, unless the keyboard went on meanwhile. */
function focusSoon(id: string, isWanted: () => boolean, frames = 10): void {
  requestAnimationFrame(() => {
    if (!isWanted()) return;
    const element = document.getElementById(id);
    if (element) element.focus({ preventScroll: true });
    else if (frames > 0) focusSoon(id, isWanted, frames - 1);
  });
}
