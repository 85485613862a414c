import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { tabClasses } from './tab-classes.ts';

/** Tabs that live in the URL are links in a `nav`, not ARIA tabs. */
export function TabNav({ className, ...props }: ComponentProps<'nav'> & { 'aria-label': string }) {
  return (
    <nav
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
