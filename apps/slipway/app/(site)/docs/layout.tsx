import type { ReactNode } from 'react';
import { DocsNav } from '../../../components/site/docs-nav.tsx';

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-6xl gap-x-12 px-4 py-8 sm:px-6 md:grid-cols-[12rem_minmax(0,1fr)] md:py-12">
      <DocsNav />
      <article className="min-w-0 max-w-3xl">{children}</article>
    </div>
  );
}
