'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';

/** How wide the element is and where in the page it begins, whatever changes above it. */
export function useBox(box: RefObject<HTMLElement | null>): { width: number; top: number } {
  const [found, setFound] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const { width, top } = element.getBoundingClientRect();
      const now = { width, top: Math.round(top + window.scrollY) };
      setFound((last) => (last.width === now.width && last.top === now.top ? last : now));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [box]);
  return found;
}
