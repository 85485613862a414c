import { mainId, SkipLink } from '@repo/ui/app-shell';
import { PhotoEstateLogo } from '@repo/ui/logo';
import { ThemeToggle } from '@repo/ui/theme';
import Link from 'next/link';
import type { ReactNode } from 'react';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Link href="/" className="rounded-md">
          <PhotoEstateLogo />
        </Link>
        <ThemeToggle />
      </header>
      <main
        id={mainId}
        tabIndex={-1}
        className="mx-auto flex w-full max-w-sm flex-1 flex-col px-4 pt-[8vh] pb-16 focus-visible:outline-none"
      >
        {children}
      </main>
    </div>
  );
}
