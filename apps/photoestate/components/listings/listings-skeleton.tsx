import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';

const grid = 'grid gap-5 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]';

export function ListingsSkeleton({ bare = false }: { bare?: boolean }) {
  const cards = (
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
  if (bare) return cards;
  return (
    <div className="mx-auto max-w-[112rem] px-4 py-6 pb-24 sm:px-6 sm:py-8">
      <PageHeader
        title="Listings"
        description="One listing is one property: its shoot, its scenes, its finished photos."
        actions={<Skeleton className="h-8 w-28" />}
      />
      <div className="mt-5 flex flex-wrap gap-2">
        <Skeleton className="h-8 flex-1 basis-64 sm:max-w-80" />
        <Skeleton className="h-8 w-24 sm:w-36" />
        <Skeleton className="h-8 w-36 max-sm:hidden" />
        <Skeleton className="h-8 w-40 max-sm:hidden" />
        <Skeleton className="h-8 w-full sm:ml-auto sm:w-80" />
      </div>
      <div className="mt-6">{cards}</div>
    </div>
  );
}
