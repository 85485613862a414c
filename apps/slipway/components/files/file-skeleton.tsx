import { cn } from '@repo/ui/cn';
import { Skeleton } from '@repo/ui/skeleton';
import { columns, ListHead } from './file-list.tsx';

/** As the list will be. */
export function FileSkeleton() {
  return (
    <div aria-busy="true" className="overflow-hidden rounded-lg border bg-card text-sm">
      <span className="sr-only">Loading the files</span>
      <div aria-hidden="true">
        <ListHead />
        {[56, 40, 48, 44, 52, 36].map((width) => (
          <div key={width} className={cn(columns, 'h-[45px] border-b')}>
            <Skeleton className="size-4" />
            <span className="flex items-center gap-3">
              <Skeleton className="size-8 shrink-0 rounded-sm" />
              <Skeleton className="h-4" style={{ width: `${width * 4}px` }} />
            </span>
            <Skeleton className="ml-auto h-4 w-14 max-md:hidden" />
            <Skeleton className="h-4 w-24 max-lg:hidden" />
            <Skeleton className="h-5 w-16 rounded-full" />
            <Skeleton className="ml-auto h-4 w-16 max-sm:hidden" />
          </div>
        ))}
      </div>
    </div>
  );
}
