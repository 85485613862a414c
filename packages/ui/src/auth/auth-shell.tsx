import type { ReactNode } from 'react';
import { mainId, SkipLink } from '../app-shell.tsx';
import { cn } from '../cn.ts';
import { ThemeToggle } from '../theme.tsx';

type AuthShellProps = {
  /** The product’s name, as a link to its front. */
  brand: ReactNode;
  /** For what is wider than a form. */
  wide?: boolean;
  children: ReactNode;
};

/** Around pages for people who are not signed in. */
export function AuthShell({ brand, wide, children }: AuthShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        {brand}
        <ThemeToggle />
      </header>
      <main
        id={mainId}
        tabIndex={-1}
        className={cn(
          'mx-auto flex w-full flex-1 flex-col px-4 pb-16 focus-visible:outline-none',
          wide ? 'max-w-lg' : 'max-w-sm pt-[8vh]',
        )}
      >
        {children}
      </main>
    </div>
  );
}
