import { Skeleton } from '@repo/ui/skeleton';

export function ReviewSkeleton() {
  return (
    <div
      aria-busy="true"
      className="flex flex-col md:grid md:h-[calc(100dvh-3.5rem-1px)] md:grid-cols-[18rem_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-2 border-e p-3">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-16" />
        ))}
      </div>
      <div className="flex flex-col">
        <Skeleton className="aspect-3/2 flex-1 rounded-none" />
        <div className="flex h-32 flex-col gap-2 border-t p-4">
          <Skeleton className="h-5 w-72" />
          <Skeleton className="h-8 w-64" />
        </div>
      </div>
    </div>
  );
}
