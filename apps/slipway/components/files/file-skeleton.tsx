'use client';

import { cn } from '@repo/ui/cn';
import { Skeleton } from '@repo/ui/skeleton';
import { type ColumnName, cellClasses, lineClasses, useFileColumns } from './file-columns.ts';
import { ListHead } from './list-head.tsx';

const looks: Partial<Record<ColumnName, string>> = {
  size: 'ml-auto h-4 w-14',
  status: 'h-5 w-16 rounded-full',
  created: 'ml-auto h-4 w-16',
};

/** As the list will be. */
export function FileSkeleton() {
  const { columns, style } = useFileColumns();
  return (
    <div
      aria-busy="true"
      className="overflow-hidden rounded-lg border bg-card text-sm"
      style={style}
    >
      <span className="sr-only">Loading the files</span>
      <div inert>
        <ListHead />
        {[56, 40, 48, 44, 52, 36].map((width) => (
          <div key={width} className={cn(lineClasses, 'h-[45px] border-b')}>
            <Skeleton className="size-4" />
            <span className="flex min-w-0 items-center gap-3">
              <Skeleton className="size-8 shrink-0 rounded-sm" />
              <Skeleton className="h-4" style={{ width: `${width * 4}px` }} />
            </span>
            {columns.map(({ name, from }) => (
              <Skeleton key={name} className={cn(looks[name] ?? 'h-4 w-3/5', cellClasses[from])} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
