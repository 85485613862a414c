'use client';

import { cn } from '@repo/ui/cn';
import { StatusChip } from '@repo/ui/status-chip';
import { RelativeTime } from '@repo/ui/time';
import { reachOf } from '@repo/ui/use-selection';
import Link from 'next/link';
import type { CSSProperties, MouseEvent } from 'react';
import { formatDay } from '../../lib/format-day.ts';
import { counted, isMoving, statusLook } from '../../lib/listing-status.ts';
import { coverSet } from '../../lib/pictures.ts';
import type { ListingSummary } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { ChooseBox } from './choose-box.tsx';
import type { ListingSelection } from './use-listing-deeds.ts';

/** Below the picture, whatever the address; see `cardHeight`. */
const TEXT = 86;

export const cardHeight = (width: number) => Math.round((width * 2) / 3) + TEXT;

export const elementId = (listingId: string) => `listing-${listingId}`;

export function countsOf({ photoCount, sceneCount, enhancedCount }: ListingSummary): string {
  if (photoCount === 0) return 'No photos yet';
  const finished = enhancedCount > 0 ? ` · ${enhancedCount} finished` : '';
  return `${counted(sceneCount, 'scene')} · ${counted(photoCount, 'photo')}${finished}`;
}

const shootOf = (day: string | null) =>
  day === null ? 'Not scheduled' : `Shoot ${formatDay(day)}`;

/** With a key held down, a click chooses instead of opening. */
export function chooseOnClick(selection: ListingSelection, id: string) {
  return (event: MouseEvent) => {
    const reach = reachOf(event);
    if (reach === 'only') return;
    event.preventDefault();
    selection.hit(id, reach);
  };
}

type Props = {
  listing: ListingSummary;
  eager: boolean;
  selection: ListingSelection;
  /** Its place among all, for readers of the screen. */
  place: number;
  tabStop: boolean;
  style: CSSProperties | undefined;
};

export function ListingCard({ listing, eager, selection, place, tabStop, style }: Props) {
  const { id, address, status, coverUrl, photoCount, shootDate, updatedAt } = listing;
  const { label, tone } = statusLook(status);
  const chosen = selection.isChosen(id);
  return (
    <li
      aria-posinset={place}
      aria-setsize={-1}
      style={style}
      className={cn(
        'group relative overflow-hidden rounded-lg border bg-card transition-colors hover:border-border-strong',
        chosen && 'border-primary bg-primary-soft hover:border-primary',
      )}
    >
      <div className="aspect-3/2 overflow-hidden bg-canvas">
        {coverUrl ? (
          <Thumb
            src={coverUrl}
            srcSet={coverSet(coverUrl)}
            sizes="(min-width: 640px) 400px, 100vw"
            alt=""
            eager={eager}
            className="size-full object-cover"
          />
        ) : (
          // Drawn without an element of its own: there are thousands of cards.
          <div
            className={cn(
              'flex size-full items-center justify-center text-muted-foreground text-xs',
              photoCount === 0 && "before:content-['No_photos_yet']",
            )}
          />
        )}
      </div>
      <div className="flex h-[84px] flex-col gap-1 px-3.5 py-3">
        <div className="flex items-start justify-between gap-3">
          <h2 className="min-w-0 font-medium text-sm leading-5">
            <Link
              id={elementId(id)}
              href={`/listings/${id}`}
              prefetch={false}
              tabIndex={tabStop ? 0 : -1}
              onFocus={() => selection.activate(id)}
              onClick={chooseOnClick(selection, id)}
              className="line-clamp-2 [overflow-wrap:anywhere] after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
            >
              {address}
            </Link>
          </h2>
          <StatusChip tone={tone} label={label} moving={isMoving(status)} />
        </div>
        <p className="mt-auto flex justify-between gap-3 text-muted-foreground text-xs tabular-nums">
          <span className="truncate">
            {photoCount === 0 ? shootOf(shootDate) : countsOf(listing)}
          </span>
          <RelativeTime value={updatedAt} className="shrink-0" />
        </p>
      </div>
      <ChooseBox
        address={address}
        chosen={chosen}
        onChoose={(reach) => selection.hit(id, reach)}
        className={cn(
          'absolute top-2 left-2',
          // Out of the way of the picture until a mouse is over it; fingers have no such moment.
          !chosen &&
            'focus-within:opacity-100 [@media(hover:hover)]:opacity-0 [@media(hover:hover)]:group-hover:opacity-100',
        )}
      />
    </li>
  );
}
