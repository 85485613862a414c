'use client';

import { Badge } from '@repo/ui/badge';
import { cn } from '@repo/ui/cn';
import { RelativeTime } from '@repo/ui/time';
import { useEffect, useRef } from 'react';
import type { ReviewItem } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { nameOf } from './name-of.ts';

type Props = {
  items: readonly ReviewItem[];
  hasMore: boolean;
  current: string;
  onChoose: (enhancementId: string) => void;
};

/** What waits, longest first. */
export function ReviewQueue({ items, hasMore, current, onChoose }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector(`[data-version="${current}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav
      aria-label="Review queue"
      className="flex min-h-0 flex-col border-t md:border-t-0 md:border-e"
    >
      <h1 className="border-b px-4 py-3 font-semibold text-base">
        Review
        <span className="ms-2 font-normal text-muted-foreground text-sm tabular-nums">
          {items.length}
          {hasMore ? '+' : ''}
        </span>
      </h1>
      <ul ref={list} className="flex min-h-0 flex-col gap-0.5 p-2 md:overflow-y-auto">
        {items.map((item) => {
          const { version, listing, adjusting } = item;
          return (
            <li key={version.id} data-version={version.id}>
              <button
                type="button"
                aria-current={version.id === current}
                onClick={() => onChoose(version.id)}
                className={cn(
                  'flex w-full items-center gap-3 rounded-md p-2 text-start hover:bg-muted',
                  version.id === current && 'bg-hover hover:bg-hover',
                )}
              >
                <span className="h-12 w-18 shrink-0 overflow-hidden rounded-sm bg-canvas">
                  {version.urls ? (
                    <Thumb src={version.urls.thumb} alt="" className="size-full object-cover" />
                  ) : null}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-sm">{nameOf(item)}</span>
                  <span className="block truncate text-muted-foreground text-xs">
                    {listing.address}
                  </span>
                  <span className="block truncate text-muted-foreground text-xs">
                    {adjusting ? (
                      <Badge>Being adjusted</Badge>
                    ) : (
                      <RelativeTime value={version.finishedAt ?? version.createdAt} />
                    )}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
