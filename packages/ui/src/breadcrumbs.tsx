import { Fragment, type ReactNode } from 'react';
import { cn } from './cn.ts';

/** Each item is a link, or plain text for the page itself; the last one is the current page, and all that a phone shows. */
export function Breadcrumbs({
  items,
  className,
}: {
  items: readonly ReactNode[];
  className?: string;
}) {
  return (
    <nav aria-label="Breadcrumb" className={cn('min-w-0', className)}>
      <ol className="flex min-w-0 items-center gap-2 text-muted-foreground text-sm">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a crumb's place is its identity
            <Fragment key={index}>
              {index > 0 ? (
                <li aria-hidden="true" className="text-border-strong max-sm:hidden">
                  /
                </li>
              ) : null}
              <li
                aria-current={last ? 'page' : undefined}
                className={cn(
                  'truncate [&_a:hover]:text-foreground',
                  last ? 'font-medium text-foreground' : 'shrink-0 max-sm:hidden',
                )}
              >
                {item}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
