import { Skeleton } from '@repo/ui/skeleton';

const sceneGrid = 'mt-6 grid gap-5 grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))]';

export function WorktableSkeleton() {
  return (
    <div aria-busy="true" className="mx-auto max-w-[112rem] px-4 py-6 pb-32 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex flex-col gap-2">
          <Skeleton className="h-7 w-72 max-w-[70vw]" />
          <Skeleton className="h-5 w-48" />
        </div>
        <div className="flex gap-2">
          <Skeleton className="h-8 w-32" />
          <Skeleton className="h-8 w-28" />
          <Skeleton className="h-8 w-28" />
        </div>
      </div>
      <div className={sceneGrid}>
        {[0, 1, 2].map((card) => (
          <div key={card} className="overflow-hidden rounded-lg border bg-card">
            <Skeleton className="m-3 h-5 w-32" />
            <Skeleton className="aspect-3/2 rounded-none" />
            <div className="flex h-24 gap-2 p-3">
              <Skeleton className="h-14 w-21" />
              <Skeleton className="h-14 w-21" />
              <Skeleton className="h-14 w-21" />
            </div>
            <div className="flex h-13 items-center border-t px-3">
              <Skeleton className="h-8 w-24" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
