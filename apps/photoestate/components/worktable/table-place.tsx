'use client';

import { useSearchParams } from 'next/navigation';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import {
  askedIn,
  forgetPlace,
  keepPlace,
  placeOn,
  type TablePlace,
  takePlace,
} from '../../lib/table-place.ts';
import type { Scene } from '../../lib/trpc.ts';
import { useSelection } from '../batch/selection.tsx';
import type { Reveal } from './scene-grid.tsx';

/** What sticks to the top of the page. */
const TOP_BAR = 57;
/** A second: lines are drawn, measured, and drawn where they belong. */
const MOST_FRAMES = 60;
/** So many frames in its place, it is there. */
const SETTLED = 3;
const byHand = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

type Props = {
  listingId: string;
  scenes: readonly Scene[];
  reveal: RefObject<Reveal | null>;
};

/** Who comes back from a scene finds the table as it was left: what was selected, in sight and in focus. */
export function TablePlaceKeeper({ listingId, scenes, reveal }: Props) {
  const { selected, restore } = useSelection();
  const asked = askedIn(useSearchParams());
  const latest = useRef({ selected, restore, scenes, asked });
  useLayoutEffect(() => {
    latest.current = { selected, restore, scenes, asked };
  });
  const pending = useRef<TablePlace>(undefined);
  useLayoutEffect(() => {
    const kept = takePlace(listingId, latest.current.asked);
    pending.current ??= kept;
    const place = pending.current && placeOn(latest.current.scenes, pending.current);
    const done = () => {
      pending.current = undefined;
    };
    if (place) latest.current.restore(place.selected);
    const stop = place && goTo(place, { reveal, done });
    return () => {
      stop?.();
      const { selected, asked } = latest.current;
      const ids = selected.map(({ id }) => id);
      // Left before it was found again: it is where it was.
      keepPlace(listingId, pending.current ?? { ...placeNow(), selected: ids, asked });
    };
  }, [listingId, reveal]);
  return null;
}

/** In what stays while one goes from the table to its scenes: who leaves the listing comes back to its top. */
export function useForgottenPlace(listingId: string): void {
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Only who is not back at once has left: in development, React mounts everything twice.
    clearTimeout(leaving.current);
    return () => {
      leaving.current = setTimeout(() => forgetPlace(listingId), 0);
    };
  }, [listingId]);
}

const cards = () => [...document.querySelectorAll<HTMLElement>('li[data-drop]')];
const cardOf = (sceneId: string) => cards().find((card) => card.dataset['drop'] === sceneId);

function placeNow(): Omit<TablePlace, 'selected'> {
  const shown = cards().find((card) => card.getBoundingClientRect().bottom > TOP_BAR);
  const sceneId = shown?.dataset['drop'];
  const inFocus = document.activeElement;
  const focused = inFocus?.closest<HTMLElement>('[data-drop]')?.dataset['drop'];
  const photoId = inFocus?.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  return {
    scrollY: window.scrollY,
    anchor: shown && sceneId ? { sceneId, top: shown.getBoundingClientRect().top } : null,
    focus: focused ? { sceneId: focused, ...(photoId && { photoId }) } : null,
  };
}

type Way = { reveal: RefObject<Reveal | null>; done: () => void };

/** Frame by frame, for what is not near the window is not in the document; a person who moves the page ends it. */
function goTo(place: TablePlace, { reveal, done }: Way): () => void {
  let request = 0;
  let settled = 0;
  let leaveFocus = () => {};
  const stop = () => {
    cancelAnimationFrame(request);
    leaveFocus();
    for (const type of byHand) window.removeEventListener(type, taken);
  };
  const taken = () => {
    stop();
    done();
  };
  const look = (left: number) => {
    settled = isInPlace(place, reveal) ? settled + 1 : 0;
    if (settled < SETTLED && left > 0) {
      request = requestAnimationFrame(() => look(left - 1));
      return;
    }
    stop();
    leaveFocus = focusOn(place.focus, place.viewed !== undefined, reveal);
    done();
  };
  for (const type of byHand) window.addEventListener(type, taken, { passive: true });
  request = requestAnimationFrame(() => look(MOST_FRAMES));
  return stop;
}

/** Moves the page towards it. */
function isInPlace({ anchor, scrollY }: TablePlace, reveal: Way['reveal']): boolean {
  if (anchor === null) {
    if (Math.abs(window.scrollY - scrollY) < 1) return true;
    window.scrollTo({ top: scrollY, behavior: 'instant' });
    return false;
  }
  const card = cardOf(anchor.sceneId);
  if (card === undefined) {
    reveal.current?.(anchor.sceneId);
    return false;
  }
  const off = card.getBoundingClientRect().top - anchor.top;
  if (Math.abs(off) < 1) return true;
  const before = window.scrollY;
  window.scrollBy({ top: off, behavior: 'instant' });
  // The page may end before.
  return window.scrollY === before;
}

/**
 * With `bring` it is brought into sight: it may not be what was in sight before. Until it is drawn a key may have taken
 * the focus elsewhere; there it stays.
 * @returns what ends the search
 */
export function focusOn(
  focus: TablePlace['focus'],
  bring: boolean,
  reveal: Way['reveal'],
): () => void {
  if (focus === null) return () => {};
  let request = 0;
  const go = (left: number) => {
    if (!isFree()) return;
    const card = cardOf(focus.sceneId);
    const frame =
      focus.photoId && card?.querySelector<HTMLElement>(`[data-photo="${focus.photoId}"]`);
    const element = frame || card?.querySelector<HTMLElement>('[data-cover]');
    if (element) {
      element.focus({ preventScroll: true });
      if (bring) card?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    } else if (bring && left > 0) {
      if (left === MOST_FRAMES) reveal.current?.(focus.sceneId);
      request = requestAnimationFrame(() => go(left - 1));
    }
  };
  go(MOST_FRAMES);
  return () => cancelAnimationFrame(request);
}

/** Whether nothing else has the focus by now. */
function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
