import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

export function PageHeader({ title, description, actions, className }: PageHeaderProps) {
  return (
    <div className={cn('flex flex-wrap items-center justify-between gap-x-6 gap-y-3', className)}>
      <div className="min-w-0 sm:flex-1 sm:basis-80">
        <h1 className="truncate font-semibold text-xl leading-7 tracking-tight">{title}</h1>
        {description ? (
          <div className="mt-0.5 text-pretty text-muted-foreground text-sm">{description}</div>
        ) : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}
