'use client';

import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useState } from 'react';
import { type StageControl, StageGestures } from '../../lib/compare/gestures.ts';
import type { Point } from '../../lib/compare/view.ts';

const ownControls = 'a, button';

function pointOn(
  element: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function pointerOf(event: PointerEvent<HTMLElement>) {
  return {
    id: event.pointerId,
    at: pointOn(event.currentTarget, event),
    time: event.timeStamp,
  };
}

/** Hands pointers, double clicks and the wheel on the stage to its gestures. */
export function useStagePointers(element: RefObject<HTMLElement | null>, control: StageControl) {
  const [gestures] = useState(() => new StageGestures(control));
  useEffect(() => {
    gestures.control = control;
  });

  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      gestures.wheel(pointOn(current, event), event);
    };
    // React listens passively, and a passive listener cannot keep the page from scrolling.
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => current.removeEventListener('wheel', onWheel);
  }, [element, gestures]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const { target } = event;
      if (event.button !== 0 || !(target instanceof Element) || target.closest(ownControls)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const handle = target.closest<HTMLElement>('[data-divider]');
      handle?.focus({ preventScroll: true });
      gestures.down(pointerOf(event), handle !== null);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => gestures.move(pointerOf(event)),
    onPointerUp: (event: PointerEvent<HTMLElement>) => gestures.up(pointerOf(event)),
    onPointerCancel: (event: PointerEvent<HTMLElement>) => gestures.cancel(event.pointerId),
    onDoubleClick: (event: MouseEvent<HTMLElement>) => {
      const { target } = event;
      if (target instanceof Element && target.closest(`${ownControls}, [data-divider]`)) return;
      gestures.doubleClick(pointOn(event.currentTarget, event), event.timeStamp);
    },
  };
}
