'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes } from '@repo/ui/format';
import { Skeleton } from '@repo/ui/skeleton';
import { StatusChip } from '@repo/ui/status-chip';
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
import { useState } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { DeleteFileDialog } from './delete-file.tsx';
import { FileActions } from './file-actions.tsx';
import { FileDetails } from './file-details.tsx';
import { ScanMark } from './scan-mark.tsx';

export type FileTableProps = {
  rows: readonly FileRow[];
  /** Shown until the answer to a new search is there. */
  dimmed: boolean;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
};

export function FileTable({ rows, dimmed, hasMore, loadingMore, onMore }: FileTableProps) {
  const [shown, setShown] = useState<FileRow>();
  const [doomed, setDoomed] = useState<{ row: FileRow; button: HTMLElement | null }>();
  return (
    <>
      <TableFrame className={cn('transition-opacity', dimmed && 'opacity-60')} aria-busy={dimmed}>
        <Table className="table-fixed">
          <FileColumns />
          <TableBody>
            {rows.map((row) => (
              <FileTableRow
                key={row.id}
                row={row}
                onShow={() => setShown(row)}
                onDelete={(button) => setDoomed({ row, button })}
              />
            ))}
          </TableBody>
        </Table>
      </TableFrame>
      <div className="flex items-center justify-between gap-4 text-muted-foreground text-xs">
        <p aria-live="polite" className="tabular-nums">
          {rows.length} {rows.length === 1 ? 'file' : 'files'}
          {hasMore ? ' shown' : ''}
        </p>
        {hasMore ? (
          <Button onClick={onMore} busy={loadingMore}>
            Load more
          </Button>
        ) : null}
      </div>
      {shown ? <FileDetails file={shown} onClose={() => setShown(undefined)} /> : null}
      {doomed ? (
        <DeleteFileDialog
          file={doomed.row}
          returnFocus={doomed.button}
          onClose={() => setDoomed(undefined)}
        />
      ) : null}
    </>
  );
}

function FileColumns() {
  return (
    <TableHead>
      <TableRow>
        <TableHeaderCell>Name</TableHeaderCell>
        <TableHeaderCell numeric className="w-28 max-md:hidden">
          Size
        </TableHeaderCell>
        <TableHeaderCell className="w-52 max-lg:hidden">Type</TableHeaderCell>
        <TableHeaderCell className="w-36">Status</TableHeaderCell>
        <TableHeaderCell numeric className="w-36 max-sm:hidden">
          Uploaded
        </TableHeaderCell>
        <TableHeaderCell className="w-14">
          <span className="sr-only">Actions</span>
        </TableHeaderCell>
      </TableRow>
    </TableHead>
  );
}

type RowProps = {
  row: FileRow;
  onShow: () => void;
  onDelete: (button: HTMLElement | null) => void;
};

function FileTableRow({ row, onShow, onDelete }: RowProps) {
  return (
    <TableRow className={row.status === 'deleted' ? 'text-muted-foreground' : undefined}>
      <TableCell>
        <div className="flex items-center gap-3">
          <Thumbnail row={row} />
          <div className="min-w-0">
            <button
              type="button"
              onClick={onShow}
              title={row.name}
              className="block max-w-full truncate rounded-sm font-medium underline-offset-4 hover:underline focus-visible:outline-2 focus-visible:outline-ring"
            >
              {row.name}
            </button>
            <p className="truncate text-muted-foreground text-xs tabular-nums md:hidden">
              {formatBytes(row.size)} · {row.type}
            </p>
          </div>
        </div>
      </TableCell>
      <TableCell numeric className="max-md:hidden">
        {formatBytes(row.size)}
      </TableCell>
      <TableCell className="truncate text-muted-foreground max-lg:hidden" title={row.type}>
        {row.type}
      </TableCell>
      <TableCell>
        <span className="flex items-center gap-1.5">
          <StatusChip status={row.status} />
          <ScanMark row={row} />
        </span>
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-sm:hidden">
        <RelativeTime value={row.createdAt} />
      </TableCell>
      <TableCell className="px-3! text-right">
        <FileActions row={row} onShow={onShow} onDelete={onDelete} />
      </TableCell>
    </TableRow>
  );
}

const largestThumbnail = 3 * 1024 * 1024;

/** Public pictures show themselves; the rest shows its kind. */
function Thumbnail({ row }: { row: FileRow }) {
  const [broken, setBroken] = useState(false);
  const shown =
    row.url !== null &&
    /^image\/(png|jpeg|gif|webp|avif)$/.test(row.type) &&
    row.size <= largestThumbnail;
  return (
    <span className="flex size-8 shrink-0 items-center justify-center overflow-hidden rounded-sm border bg-muted">
      {shown && !broken ? (
        // biome-ignore lint/performance/noImgElement: the bytes come from the storage, any host, unchanged
        <img
          src={row.url ?? ''}
          alt=""
          width={32}
          height={32}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => setBroken(true)}
        />
      ) : (
        <FileIcon type={row.type} />
      )}
    </span>
  );
}

export function FileTableSkeleton() {
  return (
    <TableFrame aria-busy="true">
      <Table className="table-fixed">
        <FileColumns />
        <TableBody>
          {[56, 40, 48, 44, 52, 36].map((width) => (
            <TableRow key={width}>
              <TableCell>
                <div className="flex items-center gap-3">
                  <Skeleton className="size-8 rounded-sm" />
                  <Skeleton className="h-4" style={{ width: `${width * 4}px` }} />
                </div>
              </TableCell>
              <TableCell className="max-md:hidden">
                <Skeleton className="ml-auto h-4 w-14" />
              </TableCell>
              <TableCell className="max-lg:hidden">
                <Skeleton className="h-4 w-24" />
              </TableCell>
              <TableCell>
                <Skeleton className="h-5 w-16 rounded-full" />
              </TableCell>
              <TableCell className="max-sm:hidden">
                <Skeleton className="ml-auto h-4 w-20" />
              </TableCell>
              <TableCell />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  );
}
