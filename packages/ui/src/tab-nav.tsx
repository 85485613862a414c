'use client';

import { Slot } from 'radix-ui';
import { type ComponentProps, useLayoutEffect, useRef } from 'react';
import { cn } from './cn.ts';
import { tabClasses } from './tab-classes.ts';

/** Tabs that live in the URL are links in a `nav`, not ARIA tabs. */
export function TabNav({ className, ...props }: ComponentProps<'nav'> & { 'aria-label': string }) {
  const ref = useRef<HTMLElement>(null);
  const shown = useRef<Element>(null);
  // On a phone the current one may be behind the edge.
  useLayoutEffect(() => {
    const nav = ref.current;
    const current = nav?.querySelector('[aria-current="page"]');
    if (!nav || !current || current === shown.current) return;
    shown.current = current;
    const [all, one] = [nav.getBoundingClientRect(), current.getBoundingClientRect()];
    if (one.left >= all.left && one.right <= all.right) return;
    nav.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2);
  });
  return (
    <nav
      ref={ref}
      className={cn('flex gap-5 overflow-x-auto overflow-y-hidden border-b', className)}
      {...props}
    />
  );
}

/** Wraps one link; `active` marks it as the current page. */
export function TabNavItem({
  active,
  className,
  ...props
}: ComponentProps<'a'> & { active: boolean }) {
  return (
    <Slot.Root
      aria-current={active ? 'page' : undefined}
      className={cn(tabClasses, active && 'border-primary text-foreground', className)}
      {...props}
    />
  );
}
