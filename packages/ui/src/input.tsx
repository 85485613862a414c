import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const controlClasses =
  'w-full min-w-0 text-ellipsis rounded-md border border-input bg-card text-foreground transition-colors hover:border-muted-foreground focus-visible:border-ring focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger';

/** 16 px on phones, so that iOS does not zoom in; 14 px from `sm` up. */
export function Input({ className, type, ...props }: ComponentProps<'input'>) {
  return (
    <input
      type={type ?? 'text'}
      className={cn(
        controlClasses,
        'h-8 px-2.5 read-only:bg-muted text-base sm:text-sm',
        className,
      )}
      {...props}
    />
  );
}
