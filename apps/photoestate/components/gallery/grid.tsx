'use client';

import { cn } from '@repo/ui/cn';
import { Check, Heart, MessageCircle, RotateCcw } from 'lucide-react';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import type { GalleryActions } from '../../lib/gallery/use-gallery.ts';
import { Shot } from './shot.tsx';

type Props = {
  gallery: Gallery;
  photos: readonly GalleryPhoto[];
  actions: GalleryActions;
  onShow: (photoId: string) => void;
};

/** The first row, and what else a tall window shows, is fetched at once. */
const EAGER = 4;

/** So many are shown large. */
const FEW = 3;

/**
 * Rows of one height, filled from edge to edge: each photo grows by its own shape, so that none is cut. Laid out by
 * the browser alone; the order that is read is the order that is seen.
 */
export function Grid({ gallery, photos, actions, onShow }: Props) {
  const few = photos.length <= FEW;
  return (
    <ul
      aria-label="Photos"
      className={cn(
        'flex flex-wrap gap-1.5 sm:gap-2',
        few
          ? 'justify-center [--row:15rem] sm:[--row:20rem] lg:[--row:28rem]'
          : '[--row:7.5rem] after:-ms-1.5 after:grow-[1e6] sm:after:-ms-2 sm:[--row:13rem] lg:[--row:18rem]',
      )}
    >
      {photos.map((photo, index) => (
        <Tile
          key={photo.id}
          {...{ gallery, photo, actions, onShow, few }}
          eager={index < EAGER}
          number={index + 1}
        />
      ))}
    </ul>
  );
}

type TileProps = Omit<Props, 'photos'> & {
  photo: GalleryPhoto;
  eager: boolean;
  number: number;
  few: boolean;
};

function Tile({ gallery, photo, actions, onShow, eager, number, few }: TileProps) {
  const ratio = photo.width / photo.height;
  const comments = gallery.comments.filter(({ photoId }) => photoId === photo.id).length;
  const name = photo.title ?? `Photo ${number}`;
  return (
    <li
      className="group relative overflow-hidden bg-canvas"
      style={{
        flexGrow: few ? 0 : ratio * 100,
        flexBasis: `calc(var(--row) * ${ratio})`,
        aspectRatio: ratio,
      }}
    >
      <button
        type="button"
        aria-label={`Open ${name}`}
        onClick={() => onShow(photo.id)}
        className="absolute inset-0 focus-visible:z-10 focus-visible:outline-3 focus-visible:outline-ring focus-visible:-outline-offset-3"
      >
        <Shot
          gallery={gallery}
          photo={photo}
          alt={name}
          eager={eager}
          sizes={`(max-width: 640px) ${few ? 100 : 60}vw, ${Math.round(ratio * (few ? 560 : 320))}px`}
          className="size-full object-cover"
        />
      </button>
      {photo.altered.length > 0 ? (
        <span className="pointer-events-none absolute top-2 left-2 rounded-sm bg-black/70 px-2 py-1 font-medium text-white text-xs">
          Digitally altered
        </span>
      ) : null}
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-center justify-end gap-1 p-1.5">
        {photo.decided ? <DecidedMark decision={photo.decided.decision} /> : null}
        {comments > 0 ? (
          <span className="flex h-8 items-center gap-1 rounded-full bg-black/60 px-2.5 text-white text-xs tabular-nums">
            <MessageCircle aria-hidden="true" className="size-3.5" />
            {comments}
            <span className="sr-only">{comments === 1 ? 'comment' : 'comments'}</span>
          </span>
        ) : null}
        {gallery.studio ? null : (
          <button
            type="button"
            aria-label={`Favourite: ${name}`}
            aria-pressed={photo.favourite}
            onClick={() => actions.favourite(photo.id, !photo.favourite)}
            className={cn(
              'pointer-events-auto flex size-9 shrink-0 items-center justify-center rounded-full bg-black/60 text-white transition-opacity hover:bg-black/80',
              !photo.favourite &&
                'pointer-coarse:opacity-100 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100',
            )}
          >
            <Heart
              aria-hidden="true"
              className={cn('size-4.5', photo.favourite && 'fill-[#ff5d6c] text-[#ff5d6c]')}
            />
          </button>
        )}
      </div>
    </li>
  );
}

function DecidedMark({ decision }: { decision: 'approved' | 'changes' }) {
  const approved = decision === 'approved';
  const Icon = approved ? Check : RotateCcw;
  return (
    <span className="flex h-8 items-center gap-1 rounded-full bg-black/70 px-2.5 font-medium text-white text-xs">
      <Icon aria-hidden="true" className="size-3.5" />
      {approved ? 'Approved' : 'Changes'}
    </span>
  );
}
