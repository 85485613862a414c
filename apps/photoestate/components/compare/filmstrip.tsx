'use client';

import { cn } from '@repo/ui/cn';
import { undoLatest } from '@repo/ui/undo';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter, useSearchParams } from 'next/navigation';
import { type MouseEvent, useEffect, useRef } from 'react';
import { neighbourScene, scenePath, starsOf } from '../../lib/compare/strip.ts';
import { middleExposure } from '../../lib/exposure.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { Thumb } from '../thumb.tsx';
import { StarFilter } from './star-filter.tsx';
import { Stars } from './stars.tsx';
import { starKeys, starsOfKey, useRating } from './use-rating.ts';

type Props = { scenes: readonly Scene[]; current: string; listingId: string };

const group = 'Scenes';
const itemWidth = 96;
const gap = 6;
/** Every scene of the listing, one key press away; only those in sight are in the document. */
export function Filmstrip({ scenes, current, listingId }: Props) {
  const router = useRouter();
  const query = useSearchParams();
  const rate = useRating(listingId);
  const stars = starsOf(query);
  const frame = useRef<HTMLDivElement>(null);
  // The scene on the stage stays in the strip, or one would not know where one is.
  const shown = scenes.filter(({ id, rating }) => rating >= stars || id === current);
  const at = shown.findIndex(({ id }) => id === current);
  const virtual = useVirtualizer({
    count: shown.length,
    horizontal: true,
    getScrollElement: () => frame.current,
    estimateSize: () => itemWidth,
    gap,
    paddingStart: 12,
    paddingEnd: 12,
    // Chosen from by arrow keys and clicks: one on either side is enough for Tab.
    overscan: 1,
  });

  // Of the address alone: the scenes are all here, and the way back stays the listing.
  const go = (scene: Pick<Scene, 'id'> | undefined) => {
    if (scene) window.history.replaceState(null, '', scenePath(listingId, scene.id, query));
  };
  const next = neighbourScene(scenes, current, { by: 1, stars });
  const previous = neighbourScene(scenes, current, { by: -1, stars });
  useShortcuts([
    { group, keys: [']', 'ArrowRight'], label: 'Next scene', repeats: true, run: () => go(next) },
    {
      group,
      keys: ['[', 'ArrowLeft'],
      label: 'Previous scene',
      repeats: true,
      run: () => go(previous),
    },
    {
      group,
      keys: ['Escape'],
      label: 'Back to the listing',
      run: () => router.push(`/listings/${listingId}`),
    },
    // Of what was deleted on the table a moment ago.
    { group, keys: ['Mod+z'], label: 'Undo', run: undoLatest },
    {
      group,
      keys: starKeys.map((digit) => `Shift+${digit}`),
      caps: ['Shift', '0–5'],
      label: 'Give stars, and go on',
      run: (event) => {
        rate(current, starsOfKey(event));
        go(next);
      },
    },
    {
      group: 'With the filmstrip in focus',
      scope: 'filmstrip',
      keys: starKeys,
      caps: ['0–5'],
      label: 'Give stars',
      run: (event) => rate(current, starsOfKey(event)),
    },
  ]);

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' });
  }, [at, virtual]);

  // The next result is there before it is asked for.
  const ahead = next?.result?.urls?.preview;
  useEffect(() => {
    if (ahead) new Image().src = ahead;
  }, [ahead]);

  return (
    <nav aria-label="Scenes" className="flex h-21 shrink-0 items-stretch border-t bg-background">
      <div className="flex w-18 shrink-0 flex-col items-center justify-center gap-1 border-e">
        <StarFilter stars={stars} />
        <span className="text-[11px] text-muted-foreground leading-4 tabular-nums">
          {stars > 0 ? `${shown.length} of ${scenes.length}` : scenes.length}
        </span>
      </div>
      <div
        ref={frame}
        data-keys="filmstrip"
        dir="ltr"
        className="min-w-0 flex-1 overflow-x-auto overflow-y-hidden [scrollbar-width:thin]"
      >
        <ul className="relative h-full" style={{ width: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const scene = shown[index];
            return scene ? (
              <FilmstripItem
                key={scene.id}
                scene={scene}
                place={{ index, start, count: shown.length }}
                href={scenePath(listingId, scene.id, query)}
                current={scene.id === current}
                onOpen={() => go(scene)}
              />
            ) : null;
          })}
        </ul>
      </div>
    </nav>
  );
}

type ItemProps = {
  scene: Scene;
  place: { index: number; start: number; count: number };
  href: string;
  current: boolean;
  onOpen: () => void;
};

/** Clicks that mean another tab or window are the browser's. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

function FilmstripItem({ scene, place, href, current, onOpen }: ItemProps) {
  const src =
    scene.enhancement?.firstLook?.url ??
    scene.result?.urls?.thumb ??
    middleExposure(scene.photos)?.urls.thumb;
  const rated = scene.rating > 0 ? `, ${scene.rating} of 5 stars` : '';
  return (
    <li
      className="absolute top-2.5"
      style={{ transform: `translateX(${place.start}px)` }}
      aria-posinset={place.index + 1}
      aria-setsize={place.count}
    >
      <a
        href={href}
        draggable={false}
        data-scene={scene.id}
        data-place={scene.position}
        aria-current={current ? 'page' : undefined}
        aria-label={`${sceneName(scene)}${scene.result ? ', finished' : ''}${rated}`}
        onClick={(event) => {
          if (!isPlain(event)) return;
          event.preventDefault();
          // Chosen by pointer, digits stay the stage's; by keyboard, they give stars.
          if (event.detail > 0) event.currentTarget.blur();
          onOpen();
        }}
        className={cn(
          'relative block h-16 w-24 overflow-hidden rounded-sm bg-canvas outline-offset-2',
          // Its number, without an element of its own.
          'after:absolute after:right-1 after:bottom-1 after:rounded-sm after:bg-black/65 after:px-1 after:text-[11px] after:text-white after:tabular-nums after:leading-4 after:content-[attr(data-place)]',
          current ? 'outline-2 outline-primary' : 'opacity-75 hover:opacity-100',
        )}
      >
        {src ? <Thumb src={src} alt="" className="size-full object-cover" /> : null}
        <Stars rating={scene.rating} className="absolute bottom-1 left-1 tracking-tight" />
      </a>
    </li>
  );
}
