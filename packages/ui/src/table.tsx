import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** The frame scrolls sideways when it must; the page never does. */
export function TableFrame({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn('relative overflow-x-auto rounded-lg border bg-card', className)}
      {...props}
    />
  );
}

export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table className={cn('w-full border-collapse text-left text-sm', className)} {...props} />;
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b bg-muted', className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('divide-y', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      className={cn(
        'transition-colors hover:bg-muted/60 in-[thead]:hover:bg-transparent',
        className,
      )}
      {...props}
    />
  );
}

type CellProps = {
  /** Right-aligned, digits of equal width. */
  numeric?: boolean;
};

export function TableHeaderCell({
  className,
  numeric,
  scope,
  ...props
}: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope={scope ?? 'col'}
      className={cn(
        'h-8 whitespace-nowrap px-3 sm:px-4 font-medium text-muted-foreground text-xs first:pl-4 last:pr-4',
        numeric && 'text-right',
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, numeric, ...props }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      className={cn(
        'h-11 px-3 py-1.5 sm:px-4 first:pl-4 last:pr-4',
        numeric && 'whitespace-nowrap text-right tabular-nums',
        className,
      )}
      {...props}
    />
  );
}
