'use client';

import { type RefObject, useEffect } from 'react';

/** Of a tray from the window's edge, and as much above it. */
const GAP = 16;

/** Says, as `--tray`, how much of the window's lower edge is covered: pages leave that free below what they show. */
export function useTrayRoom(tray: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = tray;
    if (!current) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const { height } = current.getBoundingClientRect();
      style.setProperty('--tray', height === 0 ? '0px' : `${Math.ceil(height) + 2 * GAP}px`);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty('--tray');
    };
  }, [tray]);
}
