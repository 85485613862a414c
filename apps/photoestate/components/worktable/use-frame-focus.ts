'use client';

import { useCallback, useEffect, useRef } from 'react';
import { sceneOf } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import type { Reveal } from './scene-grid.tsx';

/** A second: time for a scene that is far away to be scrolled to and drawn. */
const MOST_FRAMES = 60;

/** Goes to a frame wherever it is: one that is far from the window is not in the document yet. */
export function useFrameFocus(scenes: readonly Scene[]) {
  const reveal = useRef<Reveal>(null);
  const latest = useRef(scenes);
  useEffect(() => {
    latest.current = scenes;
  }, [scenes]);
  const focusFrame = useCallback((photoId: string | undefined) => {
    if (!photoId) return;
    let asked = false;
    const look = (left: number) => {
      const frame = document.querySelector<HTMLElement>(`[data-photo="${photoId}"]`);
      if (frame) {
        frame.focus();
        frame.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        return;
      }
      // Only now: what has just been moved may be in its new scene a moment later.
      const scene = sceneOf(latest.current, photoId);
      if (scene && !asked) {
        asked = true;
        reveal.current?.(scene.id);
      }
      if (left > 0) requestAnimationFrame(() => look(left - 1));
    };
    look(MOST_FRAMES);
  }, []);
  return { reveal, focusFrame };
}
