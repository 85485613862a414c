// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand are no rows of a table to a browser
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys, see use-file-keys
'use client';

import { cn } from '@repo/ui/cn';
import { formatBytes } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import { RelativeTime } from '@repo/ui/time';
import type { MouseEvent } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { FileActions } from './file-actions.tsx';
import { FileThumbnail } from './file-thumbnail.tsx';
import { ScanMark } from './scan-mark.tsx';
import type { FileDeeds } from './use-file-deeds.ts';
import { useVirtualRows, type VirtualProps } from './use-virtual-rows.ts';
import { elementId, frameClasses, reachOf } from './virtual.ts';

const ROW = 45;

/** The same columns for the head, the rows and the skeleton. */
export const columns =
  'grid items-center gap-x-3 px-4 grid-cols-[1.25rem_minmax(0,1fr)_6rem_2rem] sm:grid-cols-[1.25rem_minmax(0,1fr)_8.5rem_7rem_2rem] md:grid-cols-[1.25rem_minmax(0,1fr)_6rem_8.5rem_7rem_2rem] lg:grid-cols-[1.25rem_minmax(0,1fr)_6rem_11rem_8.5rem_7rem_2rem]';

type FileListProps = VirtualProps & { deeds: FileDeeds; dimmed: boolean };

/** A table of which only the rows in sight exist. One stop of Tab; the keys are in use-file-keys. */
export function FileList(props: FileListProps) {
  const { rows, selection, deeds, dimmed, hasMore } = props;
  const { frame, virtual } = useVirtualRows(props, { height: ROW, perLine: 1 });
  const { active } = selection;
  return (
    <div
      role="grid"
      aria-label="Files"
      aria-multiselectable="true"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={dimmed}
      tabIndex={0}
      aria-activedescendant={active && elementId(active.id)}
      className={cn(
        'group/grid overflow-hidden rounded-lg border bg-card text-sm transition-opacity focus-visible:outline-2 focus-visible:outline-ring',
        dimmed && 'opacity-60',
      )}
      data-files
    >
      <ListHead />
      <div ref={frame} role="rowgroup" className={frameClasses}>
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <ListRow
                key={row.id}
                row={row}
                position={{ index, start }}
                active={active?.id === row.id}
                chosen={selection.isChosen(row.id)}
                onHit={(reach) => selection.hit(row.id, reach)}
                deeds={deeds}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

export function ListHead() {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={cn(columns, 'h-8 border-b bg-muted font-medium text-muted-foreground text-xs')}
      >
        <span role="columnheader">
          <span className="sr-only">Chosen</span>
        </span>
        <span role="columnheader">Name</span>
        <span role="columnheader" className="text-right max-md:hidden">
          Size
        </span>
        <span role="columnheader" className="max-lg:hidden">
          Type
        </span>
        <span role="columnheader">Status</span>
        <span role="columnheader" className="text-right max-sm:hidden">
          Uploaded
        </span>
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
    </div>
  );
}

type RowProps = {
  row: FileRow;
  position: { index: number; start: number };
  active: boolean;
  chosen: boolean;
  onHit: (reach: 'only' | 'toggle' | 'range') => void;
  deeds: FileDeeds;
};

function ListRow({ row, position, active, chosen, onHit, deeds }: RowProps) {
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('button, [role=menu], [role=menuitem]')) return;
    if (target?.closest('input')) onHit(event.shiftKey ? 'range' : 'toggle');
    else onHit(reachOf(event));
  };
  return (
    <div
      id={elementId(row.id)}
      role="row"
      tabIndex={-1}
      aria-rowindex={position.index + 2}
      aria-selected={chosen}
      onClick={onClick}
      className={cn(
        columns,
        'absolute inset-x-0 top-0 h-[45px] select-none border-b hover:bg-muted/60',
        chosen && 'bg-primary-soft hover:bg-primary-soft',
        active && 'shadow-[inset_2px_0_0_var(--primary)] group-focus-visible/grid:bg-hover',
        row.status === 'deleted' && 'text-muted-foreground',
      )}
      style={{ transform: `translateY(${position.start}px)` }}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Choose ${row.name}`}
          checked={chosen}
          readOnly
          className="relative block size-4 accent-(--primary) before:absolute before:-inset-1.5"
        />
      </span>
      <Name row={row} deeds={deeds} />
      <span role="gridcell" className="text-right tabular-nums max-md:hidden">
        {formatBytes(row.size)}
      </span>
      <span
        role="gridcell"
        title={row.type}
        className="truncate text-muted-foreground max-lg:hidden"
      >
        {row.type}
      </span>
      <span role="gridcell" className="flex items-center gap-1.5">
        <StatusChip status={row.status} />
        <ScanMark row={row} />
      </span>
      <span role="gridcell" className="text-right text-muted-foreground tabular-nums max-sm:hidden">
        <RelativeTime value={row.createdAt} />
      </span>
      <span role="gridcell" className="-mr-2">
        <FileActions row={row} deeds={deeds} />
      </span>
    </div>
  );
}

function Name({ row, deeds }: { row: FileRow; deeds: FileDeeds }) {
  const folder = row.folder === '' ? '' : ` · ${row.folder}`;
  return (
    <span role="gridcell" className="flex min-w-0 items-center gap-3">
      <FileThumbnail row={row} className="size-8 shrink-0 rounded-sm border bg-muted p-1.5" />
      <button
        type="button"
        tabIndex={-1}
        onClick={() => deeds.open(row)}
        title={row.name}
        // Said below the name where there are no columns for it.
        data-note={`${formatBytes(row.size)} · ${row.type}${folder}`}
        className="truncate text-left font-medium underline-offset-4 after:block after:truncate after:font-normal after:text-muted-foreground after:text-xs hover:underline max-md:after:content-[attr(data-note)]"
      >
        {row.name}
      </button>
    </span>
  );
}
