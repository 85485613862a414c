'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

export type ErrorStateProps = {
  title?: string;
  message: ReactNode;
  /** Lets a person find the request in the logs. */
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  className?: string;
  action?: ReactNode;
  /** 1 where this is the whole page. */
  headingLevel?: 1 | 2 | 3;
};

export function ErrorState(props: ErrorStateProps) {
  const {
    title = 'This could not be loaded',
    message,
    requestId,
    onRetry,
    retrying,
    className,
    action,
    headingLevel = 2,
  } = props;
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center px-6 py-14 text-center', className)}
    >
      <div
        aria-hidden="true"
        className="mb-4 flex size-10 items-center justify-center rounded-lg bg-danger-soft text-danger"
      >
        <TriangleAlert className="size-5" />
      </div>
      <Heading className="font-semibold text-base">{title}</Heading>
      <p className="mt-1 max-w-md text-balance text-muted-foreground text-sm">{message}</p>
      {requestId ? (
        <p className="mt-2 text-muted-foreground text-xs">
          Request id <code className="select-all font-mono text-foreground">{requestId}</code>
        </p>
      ) : null}
      {onRetry || action ? (
        <div className="mt-5 flex gap-2">
          {onRetry ? (
            <Button onClick={onRetry} busy={retrying ?? false}>
              {retrying ? null : <RotateCw />}
              Retry
            </Button>
          ) : null}
          {action}
        </div>
      ) : null}
    </div>
  );
}
