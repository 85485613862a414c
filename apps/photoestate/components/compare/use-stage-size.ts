'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from '../../lib/compare/view.ts';

/** The stage's size in CSS pixels; 0 × 0 until it is on the page. */
export function useStageSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
