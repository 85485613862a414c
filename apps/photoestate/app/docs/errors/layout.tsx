import type { ReactNode } from 'react';

export default function ErrorsLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto max-w-6xl px-4 py-8 sm:px-6 md:py-12">
      <article className="max-w-3xl">{children}</article>
    </main>
  );
}
