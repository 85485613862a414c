'use client';

import { Avatar } from '@repo/ui/avatar';
import { Button } from '@repo/ui/button';
import { Skeleton } from '@repo/ui/skeleton';
import { RelativeTime } from '@repo/ui/time';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Sparkles } from 'lucide-react';
import { activityWords } from '../../lib/activity-words.ts';
import { type Activity, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';

/** What happened on the listing, latest first. */
export function ActivityList({ listingId }: { listingId: string }) {
  const trpc = useTRPC();
  const activity = useInfiniteQuery(
    trpc.listing.activity.infiniteQueryOptions(
      { listingId },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (activity.isError && !activity.data)
    return <LoadFailed title="The activity could not be loaded" queries={[activity]} />;
  if (!activity.data) return <ActivitySkeleton />;
  const items = activity.data.pages.flatMap((page) => page.items);
  return (
    <>
      <ol aria-label="Activity" className="flex flex-col gap-4">
        {items.map((item) => (
          <ActivityRow key={item.id} item={item} />
        ))}
      </ol>
      {activity.hasNextPage ? (
        <Button
          className="mt-5 w-full"
          busy={activity.isFetchingNextPage}
          onClick={() => void activity.fetchNextPage()}
        >
          Show earlier
        </Button>
      ) : null}
    </>
  );
}

function ActivityRow({ item }: { item: Activity }) {
  return (
    <li className="flex gap-3 text-sm">
      {item.who === null ? (
        <span
          aria-hidden="true"
          className="flex size-7 shrink-0 items-center justify-center rounded-full border text-muted-foreground"
        >
          <Sparkles className="size-3.5" />
        </span>
      ) : (
        <Avatar name={item.who} className="size-7" />
      )}
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p>
          <span className="font-medium">{item.who ?? 'PhotoEstate Pro'}</span> {activityWords(item)}
        </p>
        <RelativeTime value={item.at} className="text-muted-foreground text-xs" />
      </div>
    </li>
  );
}

function ActivitySkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex gap-3">
          <Skeleton className="size-7 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-3 w-16" />
          </div>
        </div>
      ))}
    </div>
  );
}
