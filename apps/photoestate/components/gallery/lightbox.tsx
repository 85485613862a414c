'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import { ChevronLeft, ChevronRight, Columns2, Heart, Info, MessageCircle } from 'lucide-react';
import { useState } from 'react';
import type { StageMode } from '../../lib/compare/modes.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import type { GalleryActions } from '../../lib/gallery/use-gallery.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { Approval } from './approval.tsx';
import { Comments, type Spot } from './comments.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { lightboxKeys } from './lightbox-keys.ts';
import { LightboxStage } from './lightbox-stage.tsx';
import { AboutPhoto, RecordLine } from './provenance.tsx';

type Props = {
  gallery: Gallery;
  photos: readonly GalleryPhoto[];
  shown: string | undefined;
  actions: GalleryActions;
  onShow: (photoId: string | undefined) => void;
  /** Told which one was shown last; the focus is about to go where it was before. */
  onClosed: (event: Event, photoId: string) => void;
};

/** One photo on the whole screen, with what can be said about it beside it, or below it on a phone. */
export function Lightbox({ gallery, photos, shown, actions, onShow, onClosed }: Props) {
  // One that is no longer among those shown (a favourite taken back) stays until the next step.
  const all = photos.some(({ id }) => id === shown) ? photos : gallery.photos;
  const index = all.findIndex(({ id }) => id === shown);
  const photo = all[index];
  return (
    <Dialog open={photo !== undefined} onOpenChange={(open) => (open ? null : onShow(undefined))}>
      {photo ? (
        <Opened key="one" {...{ gallery, photo, index, all, actions, onShow, onClosed }} />
      ) : null}
    </Dialog>
  );
}

/** On the right of the photo, or below it on a phone. */
const BESIDE =
  'flex max-h-[48dvh] shrink-0 flex-col gap-6 overflow-y-auto border-t p-4 md:max-h-none md:w-88 md:border-t-0 md:border-s';

type OpenedProps = Omit<Props, 'photos' | 'shown'> & {
  photo: GalleryPhoto;
  index: number;
  all: readonly GalleryPhoto[];
};

function Opened({ gallery, photo, index, all, actions, onShow, onClosed }: OpenedProps) {
  // The way to compare stays from photo to photo.
  const [mode, setMode] = useState<StageMode>('slider');
  const [isComparing, setComparing] = useState(false);
  const comparing = isComparing && photo.before;
  const [beside, setBeside] = useState<'talk' | 'about'>();
  const talking = beside === 'talk';
  const hasRecord = photo.done !== null || photo.credentials !== null;
  const about = beside === 'about' && hasRecord;
  const [spot, setSpot] = usePin(photo.id);
  const name = photo.title ?? `Photo ${index + 1}`;
  const step = (by: number) => {
    const next = all[(index + by + all.length) % all.length];
    if (next === undefined) return;
    onShow(next.id);
  };
  const canLike = !gallery.studio;
  const like = () => actions.favourite(photo.id, !photo.favourite);
  const talk = () => setBeside(talking ? undefined : 'talk');
  const tell = () => setBeside(about ? undefined : 'about');
  const compare = () => setComparing(!comparing);
  const keyed = { group: 'Photo', scope: lightboxKeys };
  useShortcuts([
    { ...keyed, keys: ['ArrowLeft'], label: 'Previous photo', run: () => step(-1) },
    { ...keyed, keys: ['ArrowRight'], label: 'Next photo', run: () => step(1) },
    { ...keyed, keys: ['c'], label: 'Comments and answer', run: talk },
    ...(canLike ? [{ ...keyed, keys: ['f'], label: 'Favourite', run: like }] : []),
    ...(hasRecord ? [{ ...keyed, keys: ['i'], label: 'How it was made', run: tell }] : []),
    ...(photo.before
      ? [{ ...keyed, keys: ['v'], label: 'Compare with the original', run: compare }]
      : []),
  ]);
  const said = gallery.comments.filter(({ photoId }) => photoId === photo.id).length;
  return (
    <DialogContent
      aria-describedby={undefined}
      data-keys={lightboxKeys}
      onCloseAutoFocus={(event) => onClosed(event, photo.id)}
      onEscapeKeyDown={(event) => {
        if (!comparing) return;
        event.preventDefault();
        setComparing(false);
      }}
      title={
        // Up to the buttons.
        <span className="flex h-8 max-w-[calc(100vw-18rem)] items-center gap-3 text-sm">
          <span className="text-muted-foreground tabular-nums">
            {index + 1} / {all.length}
          </span>
          <span className="truncate">{name}</span>
        </span>
      }
      className="top-0 left-0 h-dvh max-h-none w-screen max-w-none translate-x-0 translate-y-0 overflow-hidden rounded-none border-0 bg-background"
    >
      <div className="absolute end-14 top-3 flex items-center gap-0.5">
        {photo.before ? (
          <Button
            variant="ghost"
            size="icon"
            className={cn('size-10', comparing && 'bg-hover')}
            aria-pressed={comparing}
            aria-label="Compare with the original (V)"
            onClick={compare}
          >
            <Columns2 />
          </Button>
        ) : null}
        {canLike ? (
          <Button
            variant="ghost"
            size="icon"
            className="size-10"
            aria-pressed={photo.favourite}
            aria-label={`Favourite: ${name} (F)`}
            onClick={like}
          >
            <Heart className={photo.favourite ? 'fill-[#ff5d6c] text-[#ff5d6c]' : ''} />
          </Button>
        ) : null}
        {hasRecord ? (
          <Button
            variant="ghost"
            size="icon"
            className={cn('size-10', about && 'bg-hover')}
            aria-pressed={about}
            aria-label="How it was made (I)"
            onClick={tell}
          >
            <Info />
          </Button>
        ) : null}
        <Button
          variant="ghost"
          size="icon"
          className={cn('relative size-10', talking && 'bg-hover')}
          aria-pressed={talking}
          aria-label={`Comments and answer (C), ${said} so far`}
          onClick={talk}
        >
          <MessageCircle />
          {said > 0 ? (
            <span
              aria-hidden="true"
              className="absolute top-1 right-0.5 rounded-full bg-primary px-1 font-semibold text-[10px] text-primary-foreground leading-4"
            >
              {said}
            </span>
          ) : null}
        </Button>
        <DownloadMenu gallery={gallery} photo={photo} />
      </div>
      <div className="mt-3 flex min-h-0 flex-1 flex-col md:flex-row">
        <div className="relative min-h-0 min-w-0 flex-1">
          <LightboxStage
            key={photo.id}
            gallery={gallery}
            photo={photo}
            name={name}
            neighbours={[all[index + 1], all[index - 1]]}
            comparing={comparing ? mode : undefined}
            onCompare={setMode}
            onStep={step}
            pins={talking}
            spot={talking ? spot : undefined}
            onSpot={setSpot}
          />
          {all.length > 1 ? <Steps onStep={step} /> : null}
        </div>
        {about ? (
          <aside aria-label={`About ${name}`} className={BESIDE}>
            <AboutPhoto photo={photo} onCompare={() => setComparing(true)} />
          </aside>
        ) : null}
        {talking ? (
          <aside aria-label={`About ${name}`} className={BESIDE}>
            <Comments
              gallery={gallery}
              photoId={photo.id}
              actions={actions}
              spot={spot}
              onSpot={(next) => {
                // It is set on the photo itself.
                if (next) setComparing(false);
                setSpot(next);
              }}
            />
            <Approval
              key={photo.id}
              about="this photo"
              photoId={photo.id}
              decided={photo.decided}
              actions={actions}
              studio={gallery.studio}
            />
          </aside>
        ) : null}
      </div>
      {about ? null : (
        <RecordLine
          photo={photo}
          onCompare={() => setComparing(true)}
          onMore={() => setBeside('about')}
        />
      )}
    </DialogContent>
  );
}

/** Where the next comment on a photo is pinned to: nowhere, on the next photo. */
function usePin(photoId: string) {
  const [pinned, setPinned] = useState<{ photoId: string; spot: Spot }>();
  // Of this photo alone, also when it is called once another one is shown.
  const pin = (spot: Spot | undefined) =>
    setPinned((now) => {
      if (spot) return { photoId, spot };
      return now?.photoId === photoId ? undefined : now;
    });
  return [pinned?.photoId === photoId ? pinned.spot : undefined, pin] as const;
}

function Steps({ onStep }: { onStep: (by: number) => void }) {
  return (
    <>
      <Step side="left" label="Previous photo" onClick={() => onStep(-1)} />
      <Step side="right" label="Next photo" onClick={() => onStep(1)} />
    </>
  );
}

function Step({
  side,
  label,
  onClick,
}: {
  side: 'left' | 'right';
  label: string;
  onClick: () => void;
}) {
  const Icon = side === 'left' ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={cn(
        'absolute top-1/2 hidden size-11 -translate-y-1/2 items-center justify-center rounded-full bg-black/55 text-white hover:bg-black/75 sm:flex',
        side === 'left' ? 'left-3' : 'right-3',
      )}
    >
      <Icon aria-hidden="true" className="size-5" />
    </button>
  );
}
