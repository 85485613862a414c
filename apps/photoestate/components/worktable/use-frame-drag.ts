'use client';

import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react';
import type { Photo } from '../../lib/trpc.ts';

const mouseSlack = 6;
const touchSlack = 10;
const touchRest = 320;
const edge = 72;
const scrollStep = 14;

type Drop = (photo: Photo, target: string) => void;

function targetAt(x: number, y: number): string | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]');
  return element?.dataset['drop'] ?? null;
}

function scrollNearEdge(y: number): void {
  if (y < edge) window.scrollBy({ top: -scrollStep });
  else if (y > window.innerHeight - edge) window.scrollBy({ top: scrollStep });
}

/** The click that ends a drag must not open what lies under the pointer. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
}

/**
 * Dragging frames between scenes, by mouse and pen at once, by touch after resting on a frame
 * (moving before that scrolls). Escape lets go.
 */
export function useFrameDrag(onDrop: Drop) {
  const [held, setHeld] = useState<Photo | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const ghost = useRef<HTMLDivElement>(null);

  const grab = useCallback(
    (photo: Photo, { nativeEvent: start }: PointerEvent) => {
      if (start.button !== 0) return;
      new Drag({ photo, start, ghost, setHeld, setTarget, onDrop });
    },
    [onDrop],
  );
  return { held, target, ghost, grab };
}

type DragOptions = {
  photo: Photo;
  start: globalThis.PointerEvent;
  ghost: RefObject<HTMLDivElement | null>;
  setHeld: (photo: Photo | null) => void;
  setTarget: (target: string | null) => void;
  onDrop: Drop;
};

class Drag {
  readonly #options: DragOptions;
  readonly #end = new AbortController();
  readonly #touch: boolean;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #scroll: ReturnType<typeof setInterval> | undefined;
  #active = false;
  #at: { x: number; y: number };

  constructor(options: DragOptions) {
    this.#options = options;
    const { start } = options;
    this.#touch = start.pointerType === 'touch';
    this.#at = { x: start.clientX, y: start.clientY };
    if (this.#touch) this.#rest = setTimeout(() => this.#begin(), touchRest);
    const signal = this.#end.signal;
    window.addEventListener('pointermove', this.#move, { signal });
    window.addEventListener('pointerup', this.#up, { signal });
    window.addEventListener('pointercancel', this.#cancel, { signal });
    window.addEventListener('blur', this.#cancel, { signal });
    window.addEventListener('keydown', this.#key, { signal, capture: true });
    window.addEventListener('contextmenu', this.#hold, { signal });
    window.addEventListener('touchmove', this.#hold, { signal, passive: false });
  }

  /** While a frame is in the hand, the page neither scrolls nor opens its menu. */
  #hold = (event: Event) => {
    if (this.#active) event.preventDefault();
  };

  #begin(): void {
    this.#active = true;
    this.#options.setHeld(this.#options.photo);
    document.documentElement.style.cursor = 'grabbing';
    this.#scroll = setInterval(() => scrollNearEdge(this.#at.y), 16);
    requestAnimationFrame(() => this.#show());
  }

  #move = (event: globalThis.PointerEvent) => {
    const { start } = this.#options;
    if (event.pointerId !== start.pointerId) return;
    this.#at = { x: event.clientX, y: event.clientY };
    const moved = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (!this.#active) {
      if (this.#touch && moved > touchSlack) return this.#finish();
      if (this.#touch || moved < mouseSlack) return;
      this.#begin();
    }
    event.preventDefault();
    this.#show();
  };

  #show(): void {
    const { ghost, setTarget } = this.#options;
    const { x, y } = this.#at;
    if (ghost.current) ghost.current.style.transform = `translate(${x}px, ${y}px)`;
    if (this.#active) setTarget(targetAt(x, y));
  }

  #up = () => {
    const target = this.#active ? targetAt(this.#at.x, this.#at.y) : null;
    if (this.#active) swallowClick();
    this.#finish();
    if (target) this.#options.onDrop(this.#options.photo, target);
  };

  #cancel = () => this.#finish();

  #key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.#active) return;
    event.preventDefault();
    event.stopPropagation();
    this.#finish();
  };

  #finish(): void {
    clearTimeout(this.#rest);
    clearInterval(this.#scroll);
    this.#end.abort();
    if (!this.#active) return;
    this.#active = false;
    document.documentElement.style.cursor = '';
    this.#options.setHeld(null);
    this.#options.setTarget(null);
  }
}
