import { AppShell } from '@repo/ui/app-shell';
import { buttonVariants } from '@repo/ui/button';
import { SlipwayLogo } from '@repo/ui/logo';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ApiProvider } from '../../components/api-provider.tsx';
import { AccountMenu } from '../../components/dashboard/account-menu.tsx';
import { WhereAmI } from '../../components/dashboard/where-am-i.tsx';
import { requireSession } from '../../lib/session.ts';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await requireSession('/dashboard');
  return (
    <ApiProvider>
      <AppShell
        brand={
          <Link href="/dashboard" className="rounded-md">
            <SlipwayLogo hideName />
          </Link>
        }
        context={<WhereAmI />}
        nav={
          <Link
            href="/docs"
            className={buttonVariants({ variant: 'ghost', className: 'text-muted-foreground' })}
          >
            Docs
          </Link>
        }
        actions={<AccountMenu name={session.name} email={session.email} />}
      >
        {children}
      </AppShell>
    </ApiProvider>
  );
}
