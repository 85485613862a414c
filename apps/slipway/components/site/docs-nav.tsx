'use client';

import { cn } from '@repo/ui/cn';
import { Select } from '@repo/ui/select';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { DOCS_NAV, type NavPage } from '../../lib/docs/nav.ts';

const item =
  'flex h-8 items-center whitespace-nowrap rounded-md px-2.5 text-muted-foreground text-sm transition-colors hover:bg-muted hover:text-foreground';

/** A list beside the page, or above it, on narrow screens, a choice. */
export function DocsNav() {
  const pathname = usePathname();
  const current = pathname.startsWith('/docs/errors') ? '/docs/errors' : pathname;
  return (
    <>
      <PageChoice current={current} />
      <nav
        aria-label="Documentation"
        className="sticky top-22 -ml-2.5 max-h-[calc(100dvh-7rem)] self-start overflow-y-auto max-md:hidden"
      >
        {DOCS_NAV.map(({ title, pages }) => (
          <div key={title} className="mb-5">
            <h2 className="px-2.5 pb-1 font-medium text-foreground text-sm">{title}</h2>
            <ul>
              {pages.map((page) => (
                <NavItem key={page.href} page={page} isCurrent={page.href === current} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  );
}

function NavItem({ page: { href, label }, isCurrent }: { page: NavPage; isCurrent: boolean }) {
  const className = cn(item, isCurrent && 'bg-muted font-medium text-foreground');
  return (
    <li>
      {href === '/docs/api' ? (
        // Its policy for scripts is another one, which only a page load brings.
        <a href={href} className={className}>
          {label}
        </a>
      ) : (
        <Link href={href} aria-current={isCurrent ? 'page' : undefined} className={className}>
          {label}
        </Link>
      )}
    </li>
  );
}

function PageChoice({ current }: { current: string }) {
  const router = useRouter();
  const go = (href: string) =>
    href === '/docs/api' ? window.location.assign(href) : router.push(href);
  return (
    <div className="mb-8 md:hidden">
      <Select
        aria-label="Page of the documentation"
        value={current}
        onChange={(event) => go(event.target.value)}
      >
        {DOCS_NAV.map(({ title, pages }) => (
          <optgroup key={title} label={title}>
            {pages.map(({ href, label }) => (
              <option key={href} value={href}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </div>
  );
}
