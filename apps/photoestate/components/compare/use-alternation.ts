'use client';

import { useEffect, useRef } from 'react';

/** Long enough to see what changed, and far from the three flashes a second that are dangerous. */
const every = 900;

/** Calls again and again while it is on; never for those who asked for less motion. */
export function useAlternation(on: boolean, alternate: () => void): void {
  const latest = useRef(alternate);
  useEffect(() => {
    latest.current = alternate;
  });
  useEffect(() => {
    if (!on || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timer = setInterval(() => latest.current(), every);
    return () => clearInterval(timer);
  }, [on]);
}
