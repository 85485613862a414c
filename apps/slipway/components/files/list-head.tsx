// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand are no rows of a table to a browser
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its row
'use client';

import { cn } from '@repo/ui/cn';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { cellClasses, type FileColumn, lineClasses, useFileColumns } from './file-columns.ts';
import { type SortChoice, sortChoices, useFileFilters } from './use-file-filters.ts';

const numeric: readonly string[] = ['size', 'created'];

/** Says what is in which column, and sorts by it. */
export function ListHead() {
  const { columns } = useFileColumns();
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={cn(
          lineClasses,
          'h-8 border-b bg-muted font-medium text-muted-foreground text-xs',
        )}
      >
        <span role="columnheader">
          <span className="sr-only">Chosen</span>
        </span>
        <Head by="name">Name</Head>
        {columns.map((column) => (
          <Head key={column.name} by={sortable(column.name)} column={column}>
            {column.label}
          </Head>
        ))}
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
    </div>
  );
}

const sortable = (name: string) => sortChoices.find(({ by }) => by === name)?.by;

/** The order after a click: the usual one of this column first, then the other way round. */
function next(by: SortChoice['by'], now: SortChoice): string {
  const [usual, other] = sortChoices.filter((choice) => choice.by === by);
  return (now.value === usual?.value ? other?.value : usual?.value) ?? '';
}

type HeadProps = { by: SortChoice['by'] | undefined; column?: FileColumn; children: ReactNode };

function Head({ by, column, children }: HeadProps) {
  const { sort, set } = useFileFilters();
  const isSorted = by !== undefined && sort.by === by;
  const Arrow = sort.order === 'asc' ? ArrowUp : ArrowDown;
  const atRight = column !== undefined && numeric.includes(column.name);
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (sort.order === 'asc' ? 'ascending' : 'descending') : undefined}
      className={cn(
        'relative flex h-full min-w-0 items-center',
        atRight && 'justify-end',
        column?.name === 'size' && 'pr-3',
        column && cellClasses[column.from],
      )}
    >
      {by === undefined ? (
        <span className="truncate">{children}</span>
      ) : (
        <button
          type="button"
          onClick={() => set({ sort: next(by, sort) })}
          className={cn(
            'flex h-full min-w-0 items-center gap-1 hover:text-foreground',
            isSorted && 'text-foreground',
            atRight && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{children}</span>
          {isSorted ? <Arrow aria-hidden="true" className="size-3 shrink-0" /> : null}
        </button>
      )}
      {column ? <Edge column={column} /> : null}
    </span>
  );
}

const STEP = 16;

/** The edge that makes a column wider: by dragging it, or by the arrow keys. */
function Edge({ column }: { column: FileColumn }) {
  const { resize, widthOf } = useFileColumns();
  const width = widthOf(column);
  function drag(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const { pointerId, clientX } = event;
    // What is shown may be narrower than what was wished.
    const from = edge.parentElement?.getBoundingClientRect().width ?? width;
    edge.setPointerCapture(pointerId);
    // The name is at the left and takes what is left: a column grows towards it.
    const move = (now: globalThis.PointerEvent) => resize(column, from + clientX - now.clientX);
    const stop = new AbortController();
    edge.addEventListener('pointermove', move, { signal: stop.signal });
    edge.addEventListener('lostpointercapture', () => stop.abort(), { once: true });
  }
  function press(event: KeyboardEvent) {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(column, width + step);
  }
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.label}`}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
      className="absolute inset-y-0 -left-3 w-3 cursor-col-resize touch-none after:absolute after:inset-y-2 after:left-1/2 after:w-px after:bg-border-strong after:opacity-0 hover:after:opacity-100 focus-visible:after:opacity-100"
    />
  );
}
