'use client';

import { ThemeScript } from '@repo/ui/theme-script';
import { PageError } from '../components/page-error.tsx';
import './globals.css';

/** Replaces the root layout, so it brings its own `<html>`. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" data-product="photoestate" suppressHydrationWarning>
      <head>
        <title>Error – PhotoEstate Pro</title>
        <ThemeScript defaultTheme="dark" />
      </head>
      <body>
        <main className="flex min-h-dvh items-center justify-center">
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
