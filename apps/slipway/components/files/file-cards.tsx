// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand are no rows of a table to a browser
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys, see use-file-keys
'use client';

import { cn } from '@repo/ui/cn';
import { formatBytes } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import { reachOf } from '@repo/ui/use-selection';
import { Check } from 'lucide-react';
import { type MouseEvent, useEffect, useState } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { FileThumbnail } from './file-thumbnail.tsx';
import { TestMark } from './test-mark.tsx';
import type { FileDeeds } from './use-file-deeds.ts';
import { useVirtualRows, type VirtualProps } from './use-virtual-rows.ts';
import { elementId, frameClasses } from './virtual.ts';

const CARD = 184;
const NARROWEST = 168;
const GAP = 12;

type FileCardsProps = VirtualProps & {
  deeds: FileDeeds;
  dimmed: boolean;
  /** Told how many are beside each other: up and down go by lines. */
  onColumns: (columns: number) => void;
  columns: number;
};

/** The same files as pictures. A list box: one stop of Tab, no buttons within. */
export function FileCards(props: FileCardsProps) {
  const { rows, selection, deeds, dimmed, columns } = props;
  const { frame, virtual } = useVirtualRows(props, { height: CARD + GAP, perLine: columns });
  useColumns(frame, props.onColumns);
  const { active } = selection;
  return (
    <div
      ref={frame}
      role="listbox"
      aria-label="Files"
      aria-multiselectable="true"
      aria-busy={dimmed}
      tabIndex={0}
      aria-activedescendant={active && elementId(active.id)}
      className={cn(
        frameClasses,
        'group/grid -m-1 rounded-lg p-1 focus-visible:outline-2! focus-visible:outline-ring',
        dimmed && 'opacity-60',
      )}
      data-files
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="presentation"
            className="absolute inset-x-0 top-0 grid gap-3"
            style={{
              transform: `translateY(${start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {rows.slice(index * columns, (index + 1) * columns).map((row) => (
              <Card
                key={row.id}
                row={row}
                active={active?.id === row.id}
                chosen={selection.isChosen(row.id)}
                onHit={(reach) => selection.hit(row.id, reach)}
                onOpen={() => deeds.open(row)}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function useColumns(
  frame: React.RefObject<HTMLDivElement | null>,
  onColumns: (columns: number) => void,
) {
  const [last, setLast] = useState(0);
  useEffect(() => {
    if (!frame.current) return;
    const look = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      setLast(Math.max(2, Math.floor((width + GAP) / (NARROWEST + GAP))));
    });
    look.observe(frame.current);
    return () => look.disconnect();
  }, [frame]);
  useEffect(() => {
    if (last > 0) onColumns(last);
  }, [last, onColumns]);
}

type CardProps = {
  row: FileRow;
  active: boolean;
  chosen: boolean;
  onHit: (reach: 'only' | 'toggle' | 'range') => void;
  onOpen: () => void;
};

function Card({ row, active, chosen, onHit, onOpen }: CardProps) {
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('[data-check]')) onHit(event.shiftKey ? 'range' : 'toggle');
    else if (reachOf(event) === 'only') onOpen();
    else onHit(reachOf(event));
  };
  return (
    <div
      id={elementId(row.id)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onClick={onClick}
      className={cn(
        'group relative flex h-[184px] cursor-default select-none flex-col overflow-hidden rounded-lg border bg-card hover:border-border-strong',
        chosen && 'border-primary bg-primary-soft hover:border-primary',
        active && 'ring-2 ring-ring/60',
      )}
    >
      <FileThumbnail row={row} wide={220} className="h-32 w-full border-b bg-muted p-11" />
      <span
        data-check
        aria-hidden="true"
        className={cn(
          'absolute top-2 left-2 flex size-6 items-center justify-center rounded-md border bg-card text-transparent',
          // Out of the way of the picture until a mouse is over it; fingers have no such moment.
          chosen
            ? 'border-primary bg-primary text-primary-foreground'
            : '[@media(hover:hover)]:opacity-0 [@media(hover:hover)]:group-hover:opacity-100',
        )}
      >
        {chosen ? <Check className="size-4" /> : null}
      </span>
      <span className="truncate px-3 pt-2.5 font-medium text-sm" title={row.name}>
        {row.name}
      </span>
      <span className="flex items-center justify-between gap-2 px-3 text-muted-foreground text-xs tabular-nums">
        {formatBytes(row.size)}
        <TestMark row={row} />
      </span>
      {row.status === 'ready' ? null : (
        <StatusChip status={row.status} className="absolute top-2 right-2" />
      )}
    </div>
  );
}
