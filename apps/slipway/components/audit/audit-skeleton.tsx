import { Skeleton } from '@repo/ui/skeleton';

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];

export function AuditSkeleton() {
  return (
    <div aria-busy="true" className="divide-y rounded-lg border bg-card">
      {rows.map((row) => (
        <div key={row} className="flex h-14 items-center gap-3 px-4">
          <Skeleton className="size-4" />
          <Skeleton className="h-4 w-48" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
