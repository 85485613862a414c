import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export const mainId = 'main';

/** First in the tab order; lands on `<main id="main">`. */
export function SkipLink() {
  return (
    <a
      href={`#${mainId}`}
      className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}

export type TopBarProps = {
  /** The product's mark, as a link home. */
  brand: ReactNode;
  /** Organization, project, breadcrumbs. */
  context?: ReactNode;
  /** Links shown from `md` up. */
  nav?: ReactNode;
  /** Theme, account. */
  actions?: ReactNode;
  className?: string;
};

export function TopBar({ brand, context, nav, actions, className }: TopBarProps) {
  return (
    <header className={cn('sticky top-0 z-40 border-b bg-card', className)}>
      <div className="mx-auto flex h-14 max-w-(--page,72rem) items-center gap-3 px-4 sm:px-6">
        <div className="flex shrink-0 items-center">{brand}</div>
        {context ? (
          <>
            <span aria-hidden="true" className="text-border-strong">
              /
            </span>
            <div className="min-w-0 flex-1">{context}</div>
          </>
        ) : (
          <div className="flex-1" />
        )}
        {nav ? <div className="hidden items-center gap-1 md:flex">{nav}</div> : null}
        {actions ? <div className="flex shrink-0 items-center gap-1">{actions}</div> : null}
      </div>
    </header>
  );
}

export type AppShellProps = TopBarProps & {
  children: ReactNode;
  /** Let the page use the whole window (a photo table) instead of a readable column. */
  wide?: boolean;
  footer?: ReactNode;
};

export function AppShell({ children, wide, footer, className, ...bar }: AppShellProps) {
  return (
    <div className={cn('flex min-h-dvh flex-col', wide && '[--page:100%]', className)}>
      <SkipLink />
      <TopBar {...bar} />
      <main
        id={mainId}
        tabIndex={-1}
        className={cn(
          'w-full min-w-0 flex-1 focus-visible:outline-none',
          wide ? '' : 'mx-auto max-w-(--page,72rem) px-4 py-6 sm:px-6 sm:py-8',
        )}
      >
        {children}
      </main>
      {footer}
    </div>
  );
}
