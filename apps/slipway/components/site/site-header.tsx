import { buttonVariants } from '@repo/ui/button';
import { SlipwayLogo } from '@repo/ui/logo';
import { ThemeToggle } from '@repo/ui/theme';
import Link from 'next/link';
import { DocsSearch } from '../docs/docs-search.tsx';
import { AccountLinks } from './account-links.tsx';

const quiet = buttonVariants({ variant: 'ghost', className: 'text-muted-foreground' });

type SiteHeaderProps = {
  /** Off where the page has a search of its own. */
  search?: boolean;
};

export function SiteHeader({ search = true }: SiteHeaderProps) {
  return (
    <header className="sticky top-0 z-40 border-b bg-card">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 sm:px-6">
        <Link href="/" className="mr-3 rounded-md">
          <SlipwayLogo hideName />
        </Link>
        <nav aria-label="Site" className="flex flex-1 items-center">
          <Link href="/docs" className={`${quiet} max-[22.5rem]:hidden`}>
            Docs
          </Link>
          <a href="/docs/api" className={`${quiet} max-sm:hidden`}>
            API reference
          </a>
        </nav>
        {search ? <DocsSearch /> : null}
        <ThemeToggle className="text-muted-foreground" />
        <AccountLinks />
      </div>
    </header>
  );
}
