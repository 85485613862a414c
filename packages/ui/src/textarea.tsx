import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { controlClasses } from './input.tsx';

export function Textarea({ className, rows, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows ?? 4}
      className={cn(
        controlClasses,
        'px-2.5 py-1.5 read-only:bg-muted text-base sm:text-sm',
        className,
      )}
      {...props}
    />
  );
}
