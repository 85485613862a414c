'use client';

import dynamic from 'next/dynamic';
import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { StageMode } from '../../lib/compare/modes.ts';
import { pictureSet, pictureUrl } from '../../lib/gallery/addresses.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import type { Spot } from './comments.tsx';
import { Pins } from './pins.tsx';
import { Shot } from './shot.tsx';

const fetchCompareStage = () => import('./compare-stage.tsx').then((it) => it.CompareStage);

/** Not among what the gallery's page begins with: fetched when a photo is opened. */
const CompareStage = dynamic(fetchCompareStage, { ssr: false });

type Props = {
  gallery: Gallery;
  photo: GalleryPhoto;
  name: string;
  /** Fetched ahead. */
  neighbours: readonly (GalleryPhoto | undefined)[];
  /** How it is compared with the original, if it is. */
  comparing: StageMode | undefined;
  onCompare: (mode: StageMode) => void;
  onStep: (by: number) => void;
  pins: boolean;
  spot: Spot | undefined;
  onSpot: (spot: Spot) => void;
};

/** So many pixels to the side are a step. */
const SWIPE = 56;

/** The photo as large as it fits, with its pins; a swipe steps on. */
export function LightboxStage(props: Props) {
  const { gallery, photo, name, neighbours, comparing, onCompare, onStep, pins, spot, onSpot } =
    props;
  const frame = useRef<HTMLDivElement>(null);
  const swipe = useSwipe(onStep, spot === undefined);
  const fetchAhead = useEffectEvent(() => {
    if (photo.before) void fetchCompareStage().catch(() => undefined);
    for (const next of neighbours) {
      if (next)
        Object.assign(new Image(), {
          sizes: '100vw',
          srcset: pictureSet(gallery, { photo: next }),
        });
    }
  });
  // Once: each photo has a stage of its own.
  useEffect(() => fetchAhead(), []);
  const ratio = photo.width / photo.height;
  const point = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || spot === undefined) return;
    const share = (at: number, from: number, length: number) =>
      Math.min(1, Math.max(0, (at - from) / length));
    onSpot({
      x: share(event.clientX, box.left, box.width),
      y: share(event.clientY, box.top, box.height),
    });
  };
  if (comparing && photo.before) {
    return (
      <div className="absolute inset-0 flex flex-col">
        <CompareStage {...{ gallery, photo, name }} mode={comparing} onMode={onCompare} />
      </div>
    );
  }
  return (
    <div
      className="@container-[size] absolute inset-0 flex touch-pan-y items-center justify-center"
      {...swipe.handlers}
    >
      <div
        ref={frame}
        className={spot ? 'relative cursor-crosshair' : 'relative'}
        onPointerUp={point}
        style={{
          width: `min(100cqw, calc(100cqh * ${ratio}))`,
          aspectRatio: ratio,
          // Until the large one is there: the grid has most often fetched it already.
          background: `url("${pictureUrl(gallery, { photo, width: 480 })}") center / contain no-repeat`,
          transform: swipe.offset === 0 ? undefined : `translateX(${swipe.offset}px)`,
        }}
      >
        <Shot
          gallery={gallery}
          photo={photo}
          alt={name}
          sizes="100vw"
          eager
          className="size-full select-none object-contain"
        />
        {pins ? (
          <Pins
            comments={gallery.comments.filter(({ photoId }) => photoId === photo.id)}
            spot={spot}
            onSpot={onSpot}
          />
        ) : null}
      </div>
    </div>
  );
}

/** Follows one finger; two are a pinch, which is the browser's. */
function useSwipe(onStep: (by: number) => void, active: boolean) {
  const start = useRef<{ id: number; x: number } | null>(null);
  const [offset, setOffset] = useState(0);
  const end = () => {
    start.current = null;
    setOffset(0);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (!active || event.pointerType === 'mouse') return;
      start.current = start.current === null ? { id: event.pointerId, x: event.clientX } : null;
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current?.id === event.pointerId) setOffset(event.clientX - start.current.x);
    },
    onPointerUp: (event: PointerEvent) => {
      const by = start.current?.id === event.pointerId ? event.clientX - start.current.x : 0;
      end();
      if (Math.abs(by) >= SWIPE) onStep(by < 0 ? 1 : -1);
    },
    onPointerCancel: end,
  };
  return { handlers, offset };
}
