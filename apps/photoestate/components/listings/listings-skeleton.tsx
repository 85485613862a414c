import { Skeleton } from '@repo/ui/skeleton';

const grid = 'grid gap-5 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]';

export function ListingsSkeleton() {
  return (
    <div className={grid} aria-busy="true">
      {[0, 1, 2, 3].map((card) => (
        <div key={card} className="overflow-hidden rounded-lg border bg-card">
          <Skeleton className="aspect-3/2 w-full rounded-none" />
          <div className="flex h-[84px] flex-col gap-2.5 px-3.5 py-3">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="mt-auto h-3 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
}
