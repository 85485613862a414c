'use client';

import { StatusChip } from '@repo/ui/status-chip';
import { RelativeTime } from '@repo/ui/time';
import { ImageIcon } from 'lucide-react';
import Link from 'next/link';
import { counted, isMoving, statusLook } from '../../lib/listing-status.ts';
import type { ListingSummary } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';

function countsOf({ photoCount, sceneCount, enhancedCount }: ListingSummary): string {
  if (photoCount === 0) return 'No photos yet';
  const finished = enhancedCount > 0 ? ` · ${enhancedCount} finished` : '';
  return `${counted(sceneCount, 'scene')} · ${counted(photoCount, 'photo')}${finished}`;
}

export function ListingCard({ listing, eager }: { listing: ListingSummary; eager: boolean }) {
  const { label, tone } = statusLook(listing.status);
  return (
    <li className="group relative overflow-hidden rounded-lg border bg-card transition-colors hover:border-border-strong">
      <div className="aspect-3/2 overflow-hidden bg-canvas">
        {listing.coverUrl ? (
          <Thumb src={listing.coverUrl} alt="" eager={eager} className="size-full object-cover" />
        ) : (
          <div className="flex size-full items-center justify-center text-muted-foreground">
            <ImageIcon aria-hidden="true" className="size-7" />
          </div>
        )}
      </div>
      <div className="flex min-h-20 flex-col gap-1 px-3.5 py-3">
        <div className="flex items-start justify-between gap-3">
          <h2 className="min-w-0 font-medium text-sm">
            <Link
              href={`/listings/${listing.id}`}
              data-listing
              className="line-clamp-2 [overflow-wrap:anywhere] after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
            >
              {listing.address}
            </Link>
          </h2>
          <StatusChip tone={tone} label={label} moving={isMoving(listing.status)} />
        </div>
        <p className="mt-auto flex justify-between gap-3 text-muted-foreground text-xs tabular-nums">
          <span className="truncate">{countsOf(listing)}</span>
          <RelativeTime value={listing.updatedAt} className="shrink-0" />
        </p>
      </div>
    </li>
  );
}
