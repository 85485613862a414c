'use client';

import { type DragEvent, useEffect, useState } from 'react';

/** What is dragged is named by this kind of data. */
export const CHOICE = 'application/x-photoestate-scene';

/** From where on the page moves, and by how much in each frame. */
const EDGE = 96;
const STEP = 14;

const choiceAt = ({ target }: DragEvent) =>
  target instanceof Element
    ? target.closest<HTMLElement>('[data-choice]')?.dataset['choice']
    : undefined;

/** Which photo is in the hand, and over which other one; the page moves on where it is held near an edge. */
export function useDraggedChoice(onDrop: (from: string, to: string) => void) {
  const [held, setHeld] = useState<string>();
  const [over, setOver] = useState<string>();
  useEffect(() => (held === undefined ? undefined : scrollNearEdges()), [held]);
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(CHOICE);
  const letGo = () => {
    setHeld(undefined);
    setOver(undefined);
  };
  const events = {
    onDragStart: (event: DragEvent) => setHeld(choiceAt(event)),
    onDragEnd: letGo,
    onDragOver: (event: DragEvent) => {
      const at = choiceAt(event);
      if (!isOurs(event)) return;
      setOver(at);
      if (at !== undefined) event.preventDefault();
    },
    onDragLeave: (event: DragEvent) => {
      const { relatedTarget: to } = event;
      if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(undefined);
    },
    onDrop: (event: DragEvent) => {
      const [from, to] = [event.dataTransfer.getData(CHOICE), choiceAt(event)];
      letGo();
      if (from === '' || to === undefined) return;
      event.preventDefault();
      onDrop(from, to);
    },
  };
  return { held, over, events };
}

/** @returns ends it */
function scrollNearEdges(): () => void {
  let y = window.innerHeight / 2;
  const follow = ({ clientY }: globalThis.DragEvent) => {
    y = clientY;
  };
  const timer = setInterval(() => {
    if (y < EDGE) window.scrollBy({ top: -STEP, behavior: 'instant' });
    else if (y > window.innerHeight - EDGE) window.scrollBy({ top: STEP, behavior: 'instant' });
  }, 16);
  window.addEventListener('dragover', follow);
  return () => {
    clearInterval(timer);
    window.removeEventListener('dragover', follow);
  };
}
