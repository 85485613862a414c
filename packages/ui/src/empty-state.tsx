import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  description?: ReactNode;
  /** The one thing to do next. */
  action?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** 1 where this is the whole page. */
  headingLevel?: 1 | 2 | 3;
};

export function EmptyState({
  icon,
  title,
  description,
  action,
  children,
  className,
  headingLevel = 2,
}: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      {icon ? (
        <div
          aria-hidden="true"
          className="mb-4 flex size-10 items-center justify-center rounded-lg border bg-card text-muted-foreground shadow-xs [&_svg]:size-5"
        >
          {icon}
        </div>
      ) : null}
      <Heading className="font-semibold text-base">{title}</Heading>
      {description ? (
        <p className="mt-1 max-w-sm text-balance text-muted-foreground text-sm">{description}</p>
      ) : null}
      {action ? <div className="mt-5">{action}</div> : null}
      {children}
    </div>
  );
}
