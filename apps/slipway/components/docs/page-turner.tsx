import { ArrowLeft, ArrowRight } from 'lucide-react';
import { DOCS_PAGES, type NavPage } from '../../lib/docs/nav.ts';

/** The pages before and after this one, in reading order. */
export function PageTurner({ href }: { href: string }) {
  const at = DOCS_PAGES.findIndex((page) => page.href === href);
  return (
    <nav aria-label="Neighbouring pages" className="mt-14 flex justify-between gap-4 border-t pt-6">
      <Neighbour page={DOCS_PAGES[at - 1]} />
      <Neighbour page={DOCS_PAGES[at + 1]} isNext />
    </nav>
  );
}

function Neighbour({ page, isNext = false }: { page: NavPage | undefined; isNext?: boolean }) {
  if (page === undefined) return <span />;
  return (
    <a
      href={page.href}
      rel={isNext ? 'next' : 'prev'}
      className="flex items-center gap-2 rounded-md font-medium text-muted-foreground hover:text-foreground"
    >
      {isNext ? null : <ArrowLeft aria-hidden="true" className="size-4" />}
      {page.label}
      {isNext ? <ArrowRight aria-hidden="true" className="size-4" /> : null}
    </a>
  );
}
