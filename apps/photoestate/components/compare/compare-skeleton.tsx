import { Skeleton } from '@repo/ui/skeleton';

export function CompareSkeleton() {
  return (
    <div
      aria-busy="true"
      className="flex flex-col md:grid md:h-[calc(100dvh-3.5rem-1px)] md:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="aspect-5/4 max-h-[64dvh] bg-canvas md:aspect-auto md:max-h-none md:min-h-0 md:flex-1" />
        <div className="flex h-12 shrink-0 items-center justify-between border-t bg-card px-3">
          <Skeleton className="h-8 w-48" />
          <Skeleton className="h-8 w-32" />
        </div>
        <div className="flex gap-1.5 border-t px-3 py-2.5">
          {[0, 1, 2, 3].map((item) => (
            <Skeleton key={item} className="h-16 w-24 shrink-0 rounded-sm" />
          ))}
        </div>
      </div>
      <div className="flex flex-col gap-4 border-t bg-card p-4 md:border-t-0 md:border-s">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  );
}
