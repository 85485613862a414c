'use client';

import { cn } from '@repo/ui/cn';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const item =
  'flex h-8 items-center whitespace-nowrap rounded-md px-2.5 text-muted-foreground text-sm transition-colors hover:bg-muted hover:text-foreground';

export function DocsNav() {
  const pathname = usePathname();
  const link = (href: string, label: string) => (
    <li>
      <Link
        href={href}
        aria-current={pathname === href ? 'page' : undefined}
        className={cn(item, pathname === href && 'bg-muted font-medium text-foreground')}
      >
        {label}
      </Link>
    </li>
  );
  return (
    <nav
      aria-label="Documentation"
      className="mb-8 min-w-0 md:sticky md:top-22 md:mb-0 md:-ml-2.5 md:self-start"
    >
      <ul className="flex gap-1 overflow-x-auto md:flex-col">
        {link('/docs', 'Getting started')}
        {link('/docs/frameworks', 'Frameworks')}
        {link('/docs/pictures', 'Pictures')}
        {link('/docs/webhooks', 'Webhooks')}
        {link('/docs/keys', 'Keys and roles')}
        {link('/docs/cli', 'CLI')}
        {link('/docs/rules', 'Rules')}
        {link('/docs/limits', 'Limits')}
        {link('/docs/uploadthing', 'From UploadThing')}
        {link('/docs/errors', 'Errors')}
        <li>
          <a href="/docs/api" className={item}>
            API reference
          </a>
        </li>
      </ul>
    </nav>
  );
}
