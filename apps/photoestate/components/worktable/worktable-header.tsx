'use client';

import { Button } from '@repo/ui/button';
import { Send, WandSparkles } from '@repo/ui/icons';
import { StatusChip } from '@repo/ui/status-chip';
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { formatDay } from '../../lib/format-day.ts';
import { counted, isMoving, statusLook } from '../../lib/listing-status.ts';
import type { Listing, Photo, Scene } from '../../lib/trpc.ts';
import { useStartBatch } from '../batch/use-start.ts';
import { PresetMenu } from '../enhance/preset-menu.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { UploadButton } from '../upload/upload-button.tsx';
import { AddressTitle } from './address-title.tsx';
import { DetailsPane, useDetailsPane } from './details-pane.tsx';
import { isBusy } from './listing-live.tsx';
import { ListingMenu } from './listing-menu.tsx';

/** Beside the menu on phones; on the narrowest without its icon, or the menu would stand alone. */
const NARROW = 'max-sm:flex-1 max-[22.5rem]:[&_svg:first-child]:hidden';

type Props = {
  listing: Listing;
  scenes: readonly Scene[];
  photos: readonly Photo[];
};

function counts(scenes: readonly Scene[], photos: readonly Photo[]): string {
  if (photos.length === 0) return 'No photos yet';
  const finished = scenes.filter(({ result }) => result !== null).length;
  const busy = scenes.filter(isBusy).length;
  return [
    counted(photos.length, 'photo'),
    counted(scenes.length, 'scene'),
    finished > 0 ? `${finished} finished` : '',
    busy > 0 ? `${busy} being enhanced` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

export function WorktableHeader({ listing, scenes, photos }: Props) {
  const pane = useDetailsPane(listing.id);
  const details = () => pane.onOpenChange(true);
  useShortcuts([{ keys: ['i'], label: 'Details and activity', group: 'Listing', run: details }]);
  const isFinished = scenes.every((scene) => scene.result !== null && !isBusy(scene));
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-72">
        <AddressTitle listing={listing} />
        <p className="mt-0.5 flex h-5 items-center gap-2.5 text-muted-foreground text-sm tabular-nums">
          <StatusChip {...statusLook(listing.status)} moving={isMoving(listing.status)} />
          <span className="truncate">{counts(scenes, photos)}</span>
        </p>
        <Facts listing={listing} />
      </div>
      <div className="flex w-full flex-wrap items-center gap-2 max-sm:justify-end sm:w-auto">
        <div className="order-1 sm:order-last">
          <ListingMenu listing={listing} onDetails={details} />
        </div>
        {photos.length > 0 ? (
          <UploadButton listingId={listing.id} label="Add photos" className={NARROW} />
        ) : null}
        {scenes.some(({ result }) => result !== null) ? (
          <Button asChild variant={isFinished ? 'primary' : 'secondary'} className={NARROW}>
            <Link href={`/listings/${listing.id}/deliver`}>
              <Send />
              Deliver
            </Link>
          </Button>
        ) : null}
        {scenes.length > 0 ? (
          <EnhanceAll listingId={listing.id} photos={photos} isNext={!isFinished} />
        ) : null}
      </div>
      <DetailsPane listing={listing} {...pane} />
    </header>
  );
}

/** What is filled in, in a line that is not there when nothing is. */
function Facts({ listing: { mlsId, agent, shootDate, tags } }: Pick<Props, 'listing'>) {
  const facts = [
    mlsId === null ? '' : `MLS ${mlsId}`,
    agent?.name ?? '',
    shootDate === null ? '' : `Shoot ${formatDay(shootDate)}`,
    tags.map((tag) => `#${tag}`).join(' '),
  ].filter(Boolean);
  if (facts.length === 0) return null;
  return <p className="mt-1 truncate text-muted-foreground text-xs">{facts.join(' · ')}</p>;
}

type EnhanceProps = {
  listingId: string;
  photos: readonly Photo[];
  /** Whether it is what most people want to do now. */
  isNext: boolean;
};

function EnhanceAll({ listingId, photos, isNext }: EnhanceProps) {
  const start = useStartBatch(listingId);
  const reading = photos.filter(({ status }) => status === 'uploaded').length;
  return (
    <PresetMenu
      of={{ listingId }}
      title={
        reading === 0
          ? 'Enhance every scene in this look'
          : `${counted(reading, 'photo')} still being sorted: scenes may change`
      }
      onChoose={(look) => start.mutate({ listingId, ...look })}
    >
      <Button
        variant={isNext ? 'primary' : 'secondary'}
        busy={start.isPending}
        className="max-sm:order-2 max-sm:basis-full"
      >
        <WandSparkles />
        Enhance all
        <ChevronDown className="-me-1 size-3.5" />
      </Button>
    </PresetMenu>
  );
}
