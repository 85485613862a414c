import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section className={cn('rounded-lg border bg-card text-foreground', className)} {...props} />
  );
}

export type CardHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string | undefined;
  /** Ties a `<Card aria-labelledby>` to its heading. */
  titleId?: string;
};

export function CardHeader({ title, description, actions, className, titleId }: CardHeaderProps) {
  return (
    <div
      className={cn(
        'flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-4 pb-3',
        className,
      )}
    >
      <div className="min-w-0 flex-1 basis-60">
        <h2 id={titleId} className="font-semibold text-base leading-6">
          {title}
        </h2>
        {description ? (
          <p className="mt-0.5 max-w-prose text-pretty text-muted-foreground text-sm">
            {description}
          </p>
        ) : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('px-5 pb-5', className)} {...props} />;
}

/** The last row of a form card: a note at the left, the action at the right. */
export function CardFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn(
        'flex flex-wrap items-center justify-between gap-3 rounded-b-lg border-t bg-muted px-5 py-3 text-muted-foreground text-sm',
        className,
      )}
      {...props}
    />
  );
}
