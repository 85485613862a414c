import Link from 'next/link';

const link = 'rounded-sm hover:text-foreground';

export function SiteFooter() {
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-6 text-muted-foreground text-sm sm:px-6">
        <p>Slipway is open source, under the MIT licence.</p>
        <nav aria-label="Footer" className="flex gap-5">
          <Link href="/docs" className={link}>
            Docs
          </Link>
          <a href="/docs/api" className={link}>
            API reference
          </a>
          <Link href="/docs/errors" className={link}>
            Errors
          </Link>
        </nav>
      </div>
    </footer>
  );
}
