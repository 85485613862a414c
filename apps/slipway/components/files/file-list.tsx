// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand are no rows of a table to a browser
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys, see use-file-keys
'use client';

import { cn } from '@repo/ui/cn';
import { formatBytes } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import { RelativeTime } from '@repo/ui/time';
import { reachOf } from '@repo/ui/use-selection';
import type { MouseEvent, ReactNode } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { FileActions } from './file-actions.tsx';
import {
  type ColumnName,
  cellClasses,
  type FileColumn,
  lineClasses,
  useFileColumns,
} from './file-columns.ts';
import { FileThumbnail } from './file-thumbnail.tsx';
import { ListHead } from './list-head.tsx';
import { ScanMark } from './scan-mark.tsx';
import { TestMark } from './test-mark.tsx';
import type { FileDeeds } from './use-file-deeds.ts';
import { useVirtualRows, type VirtualProps } from './use-virtual-rows.ts';
import { elementId, frameClasses } from './virtual.ts';

const ROW = 45;

type FileListProps = VirtualProps & { deeds: FileDeeds; dimmed: boolean };

/** A table of which only the rows in sight exist. One stop of Tab; the keys are in use-file-keys. */
export function FileList(props: FileListProps) {
  const { rows, selection, deeds, dimmed, hasMore } = props;
  const { frame, virtual } = useVirtualRows(props, { height: ROW, perLine: 1 });
  const { active } = selection;
  const { columns, style } = useFileColumns();
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
      style={style}
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
                columns={columns}
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

type RowProps = {
  row: FileRow;
  columns: readonly FileColumn[];
  position: { index: number; start: number };
  active: boolean;
  chosen: boolean;
  onHit: (reach: 'only' | 'toggle' | 'range') => void;
  deeds: FileDeeds;
};

function ListRow({ row, columns, position, active, chosen, onHit, deeds }: RowProps) {
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
        lineClasses,
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
      {columns.map(({ name, from }) => (
        <span
          key={name}
          role="gridcell"
          className={cn(
            'min-w-0',
            cellLooks[name] ?? 'truncate text-muted-foreground',
            cellClasses[from],
          )}
          title={titleOf[name]?.(row)}
        >
          {contentOf[name](row)}
        </span>
      ))}
      <span role="gridcell" className="-mr-2">
        <FileActions row={row} deeds={deeds} />
      </span>
    </div>
  );
}

const cellLooks: Partial<Record<ColumnName, string>> = {
  size: 'pr-3 text-right tabular-nums',
  status: 'flex items-center gap-1.5 max-sm:[&>:nth-child(2)]:hidden',
  created: 'truncate text-right text-muted-foreground tabular-nums',
};

const tagsOf = ({ tags }: FileRow) => tags.join(', ');

const titleOf: Partial<Record<ColumnName, (row: FileRow) => string>> = {
  folder: ({ folder }) => folder,
  tags: tagsOf,
  type: ({ type }) => type,
  route: ({ route }) => route ?? '',
  uploader: ({ uploader }) => uploader ?? '',
};

const contentOf: Record<ColumnName, (row: FileRow) => ReactNode> = {
  folder: ({ folder }) => folder,
  tags: tagsOf,
  size: ({ size }) => formatBytes(size),
  type: ({ type }) => type,
  route: ({ route }) => route,
  uploader: ({ uploader }) => uploader,
  status: (row) => (
    <>
      <StatusChip status={row.status} />
      <ScanMark row={row} />
    </>
  ),
  created: ({ createdAt }) => <RelativeTime value={createdAt} />,
};

function Name({ row, deeds }: { row: FileRow; deeds: FileDeeds }) {
  const folder = row.folder === '' ? '' : ` · ${row.folder}`;
  return (
    <span role="gridcell" className="flex min-w-0 items-center gap-2 sm:gap-3">
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
      <TestMark row={row} />
    </span>
  );
}
