import { AuthShell } from '@repo/ui/auth/auth-shell';
import { PhotoEstateLogo } from '@repo/ui/logo';
import Link from 'next/link';
import type { ReactNode } from 'react';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <AuthShell
      brand={
        <Link href="/" className="rounded-md">
          <PhotoEstateLogo />
        </Link>
      }
    >
      {children}
    </AuthShell>
  );
}
