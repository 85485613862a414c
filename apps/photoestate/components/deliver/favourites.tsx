'use client';

import { Button } from '@repo/ui/button';
import { Select } from '@repo/ui/select';
import { ChevronDown, Download, Heart, Images, Send } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { Picked } from '../../lib/deliver-draft.ts';
import { likersOf } from '../../lib/deliver-favourites.ts';
import { counted } from '../../lib/listing-status.ts';
import type { Delivery } from '../../lib/trpc.ts';
import { SizesMenu } from '../gallery/sizes-menu.tsx';
import { Thumb } from '../thumb.tsx';

type Props = {
  delivery: Delivery;
  /** Begins a new link with these alone. */
  onDeliver: (photos: readonly Picked[]) => void;
};

/** What clients like: of all, or of one of them, whose choice can be taken on. */
export function Favourites({ delivery, onDeliver }: Props) {
  const title = useId();
  const likers = likersOf(delivery);
  const [chosen, setChosen] = useState('');
  const liker = likers.length === 1 ? likers[0] : likers.find(({ id }) => id === chosen);
  if (likers.length === 0) return null;
  const photos = delivery.photos
    .map((photo, index) => ({ ...photo, called: photo.title || `Photo ${index + 1}` }))
    .filter(({ id, favourites }) => (liker ? liker.favourites.includes(id) : favourites > 0));
  return (
    <section aria-labelledby={title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={title} className="flex items-center gap-2 font-medium text-sm">
          <Heart aria-hidden="true" className="size-4 text-muted-foreground" />
          Favourites
        </h3>
        {likers.length === 1 ? (
          <span className="text-muted-foreground text-sm">of {liker?.called}</span>
        ) : (
          <Select
            aria-label="Whose favourites"
            value={liker?.id ?? ''}
            onChange={({ target }) => setChosen(target.value)}
            className="w-auto max-w-56"
          >
            <option value="">Everybody</option>
            {likers.map(({ id, called, favourites }) => (
              <option key={id} value={id}>
                {`${called} (${favourites.length})`}
              </option>
            ))}
          </Select>
        )}
      </div>
      <ul className="grid max-h-72 grid-cols-3 gap-2 overflow-y-auto sm:grid-cols-4">
        {photos.map(({ id, sceneId, thumbUrl, called, favourites }) => (
          <li key={id}>
            <Link
              href={`/listings/${delivery.listingId}/scenes/${sceneId}`}
              className="flex flex-col gap-1 rounded-md"
            >
              <span className="block aspect-3/2 overflow-hidden rounded-md bg-canvas">
                <Thumb src={thumbUrl} alt="" className="size-full object-cover" />
              </span>
              <span className="flex justify-between gap-2 text-xs">
                <span className="truncate">{called}</span>
                {liker ? null : (
                  <span className="text-muted-foreground tabular-nums">× {favourites}</span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {liker ? (
        <div className="flex flex-wrap gap-2">
          <DownloadFavourites delivery={delivery} visitorId={liker.id} count={photos.length} />
          <Button asChild size="sm">
            <Link href={`/listings/${delivery.listingId}?liked=${liker.id}`}>
              <Images />
              Select in the listing
            </Link>
          </Button>
          <Button size="sm" onClick={() => onDeliver(photos)}>
            <Send />
            New link with these
          </Button>
        </div>
      ) : (
        <p className="text-muted-foreground text-xs">
          Choose one person to download their favourites or to go on with them.
        </p>
      )}
    </section>
  );
}

type DownloadProps = { delivery: Delivery; visitorId: string; count: number };

function DownloadFavourites({ delivery, visitorId, count }: DownloadProps) {
  const { offered, prepared, photos } = delivery;
  return (
    <SizesMenu
      sizes={offered}
      title={`${counted(count, 'favourite')}, one archive`}
      made={{ prepared, of: photos.length }}
      hrefOf={(size) => `/media/visitors/${visitorId}/favourites/${size}`}
      align="start"
    >
      <Button size="sm" variant="primary">
        <Download />
        Download
        <ChevronDown className="-me-1 size-3.5" />
      </Button>
    </SizesMenu>
  );
}
