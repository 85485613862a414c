'use client';

import { cn } from '@repo/ui/cn';
import { Check, Heart, MessageCircle, RotateCcw } from 'lucide-react';
import {
  type CSSProperties,
  type FocusEvent,
  type Ref,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { nearest } from '../../lib/gallery/nearest.ts';
import type { GalleryActions } from '../../lib/gallery/use-gallery.ts';
import { Shot } from './shot.tsx';
import { usePhotoLines } from './use-photo-lines.ts';
import { usePrinting } from './use-printing.ts';

/** Brings a photo into sight, and the focus to it, wherever it is; one that is not shown leads to the next that is. */
export type GoTo = (photoId: string) => void;

type Props = {
  goTo: Ref<GoTo>;
  gallery: Gallery;
  photos: readonly GalleryPhoto[];
  actions: GalleryActions;
  onShow: (photoId: string) => void;
};

/** The first row, and what else a tall window shows, is fetched at once. */
const EAGER = 4;

/** So many are shown large. */
const FEW = 3;

/** So many are in the page before its script runs, and a gallery of no more is always drawn whole. */
const AT_FIRST = 24;

const LIST = 'flex flex-wrap gap-1.5 sm:gap-2';

const FEW_ROWS = 'justify-center [--row:15rem] sm:[--row:20rem] lg:[--row:28rem]';
/** What follows the last photo keeps it from growing. */
const ROWS =
  '[--row:7.5rem] after:-ms-1.5 after:grow-[1e6] sm:after:-ms-2 sm:[--row:13rem] lg:[--row:18rem]';

/** About the height of those that a script is about to lay out; where none runs there is nothing to wait for. */
const RESERVED =
  '[--per-row:2.6] sm:[--per-row:3.6] lg:[--per-row:4.2] [@media(scripting:enabled)]:pb-[calc(var(--row)*var(--rest)/var(--per-row))]';

/**
 * Rows of one height, filled from edge to edge: each photo grows by its own shape, so that none is cut. The first are
 * laid out by the browser alone, as all are on paper. Of many, only those near the window are in the document; they lie
 * where the browser would have laid them. The order that is read is the order that is seen.
 */
export function Grid(props: Props) {
  const { photos } = props;
  const box = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<string>();
  const isPrinted = usePrinting();
  const isWhole = isPrinted || photos.length <= AT_FIRST;
  const ratios = useMemo(() => photos.map(ratioOf), [photos]);
  const kept = photos.findIndex(({ id }) => id === focused);
  const placed = usePhotoLines({ box, ratios, kept, isWhole });
  const few = photos.length <= FEW;
  useImperativeHandle(props.goTo, () => (photoId: string) => {
    const near = nearest(photoId, props.gallery.photos, photos);
    // It is drawn then, if it was not.
    flushSync(() => setFocused(near));
    box.current?.querySelector<HTMLElement>(`[data-shot="${near}"] button`)?.focus();
  });
  const onFocus = ({ target }: FocusEvent) =>
    setFocused(target.closest<HTMLElement>('[data-shot]')?.dataset['shot']);
  const isPlaced = placed !== undefined && !isWhole;
  const count = isWhole ? photos.length : AT_FIRST;
  const wrapped = photos.slice(0, count).map((_, index) => ({ index, style: undefined }));
  const drawn = isPlaced ? placed.drawn : wrapped;
  const rest = isPlaced ? [] : photos.slice(count);
  const reserved = { '--rest': rest.reduce((sum, photo) => sum + ratioOf(photo), 0) };
  return (
    <>
      <ul
        ref={box}
        aria-label="Photos"
        onFocus={onFocus}
        className={cn('relative', LIST, few ? FEW_ROWS : ROWS, rest.length > 0 && RESERVED)}
        style={isPlaced ? { height: placed.height } : (reserved as CSSProperties)}
      >
        {drawn.map(({ index, style }) => {
          const photo = photos[index];
          if (photo === undefined) return null;
          return <Tile key={photo.id} {...props} {...{ photo, index, style, few, isPrinted }} />;
        })}
      </ul>
      {rest.length > 0 ? (
        <noscript>
          <ul aria-label="More photos" className={cn('mt-1.5 sm:mt-2', LIST, ROWS)}>
            {rest.map((photo, index) => (
              <Tile key={photo.id} {...props} photo={photo} index={count + index} />
            ))}
          </ul>
        </noscript>
      ) : null}
    </>
  );
}

const ratioOf = ({ width, height }: GalleryPhoto) => width / height;

type TileProps = Omit<Props, 'goTo'> & {
  photo: GalleryPhoto;
  index: number;
  few?: boolean;
  /** Where it lies; left out where the browser finds out itself. */
  style?: CSSProperties | undefined;
  isPrinted?: boolean;
};

function Tile(props: TileProps) {
  const { gallery, photos, photo, index, actions, onShow, style } = props;
  const { few = false, isPrinted = false } = props;
  const ratio = ratioOf(photo);
  const comments = gallery.comments.filter(({ photoId }) => photoId === photo.id).length;
  const name = photo.title ?? `Photo ${index + 1}`;
  const wrapped = {
    flexGrow: few ? 0 : ratio * 100,
    flexBasis: `calc(var(--row) * ${ratio})`,
    aspectRatio: ratio,
  };
  return (
    <li
      data-shot={photo.id}
      aria-posinset={index + 1}
      aria-setsize={photos.length}
      className="group relative overflow-hidden bg-canvas"
      style={style ?? wrapped}
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
          eager={index < EAGER || isPrinted}
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
