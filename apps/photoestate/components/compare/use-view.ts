'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { View } from '../../lib/compare/view.ts';

/** Browsers refuse addresses that change with every movement. */
const rest = 300;

type Told = { initialView?: View; onView?: (view: View) => void };

/** How the stage is zoomed; whoever keeps that is told when it has come to rest. */
export function useView({ initialView = 'fit', onView }: Told) {
  const [view, setView] = useState<View>(initialView);
  const known = useRef(view);
  const tell = useEffectEvent((next: View) => onView?.(next));
  useEffect(() => {
    if (known.current === view) return;
    const timer = setTimeout(() => {
      known.current = view;
      tell(view);
    }, rest);
    return () => clearTimeout(timer);
  }, [view]);
  return [view, setView] as const;
}
