import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';

export const listingGrid = 'grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4';

export function ListingsSkeleton({ bare = false }: { bare?: boolean }) {
  const cards = (
    <div className={listingGrid} aria-busy="true">
      {[0, 1, 2, 3].map((card) => (
        <div key={card} className="overflow-hidden rounded-lg border bg-card">
          <Skeleton className="aspect-3/2 w-full rounded-none" />
          <div className="flex h-20 flex-col gap-2.5 px-3.5 py-3">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
  if (bare) return cards;
  return (
    <div className="mx-auto max-w-7xl px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Listings"
        description="One listing is one property: its shoot, its scenes, its finished photos."
        actions={<Skeleton className="h-8 w-28" />}
      />
      <div className="mt-5 flex flex-col gap-2 sm:flex-row">
        <Skeleton className="h-8 sm:w-80" />
        <Skeleton className="h-8 sm:w-44" />
      </div>
      <div className="mt-6">{cards}</div>
    </div>
  );
}
