import { mainId, SkipLink } from '@repo/ui/app-shell';
import { buttonVariants } from '@repo/ui/button';
import { PhotoEstateLogo } from '@repo/ui/logo';
import { ThemeToggle } from '@repo/ui/theme';
import Link from 'next/link';
import type { ReactNode } from 'react';

const quiet = buttonVariants({ variant: 'ghost', className: 'text-muted-foreground' });

/** What is for developers: open to all, as the description of the API is. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh bg-card">
      <SkipLink />
      <header className="sticky top-0 z-40 border-b bg-card">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 sm:px-6">
          <Link href="/" className="mr-3 rounded-md">
            <PhotoEstateLogo hideName />
          </Link>
          <nav aria-label="Documentation" className="flex flex-1 items-center">
            {/* The reference is a script of its own, with a policy of its own: pages of other policies are left for it. */}
            <a href="/docs/api" className={quiet}>
              <span>
                API<span className="max-sm:hidden"> reference</span>
              </span>
            </a>
            <a href="/docs/errors" className={quiet}>
              Errors
            </a>
          </nav>
          <ThemeToggle className="text-muted-foreground" />
          <a href="/listings" className={quiet}>
            Listings
          </a>
        </div>
      </header>
      {/* Scalar brings its own main landmark, pages of errors theirs. */}
      <div id={mainId} tabIndex={-1} className="focus-visible:outline-none">
        {children}
      </div>
    </div>
  );
}
