import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** Hidden from readers of the screen; the region around it carries `aria-busy`. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      aria-hidden="true"
      className={cn('animate-pulse-soft rounded-md bg-hover', className)}
      {...props}
    />
  );
}
