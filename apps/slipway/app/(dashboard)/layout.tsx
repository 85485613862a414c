import { AppShell } from '@repo/ui/app-shell';
import { buttonVariants } from '@repo/ui/button';
import { SlipwayLogo } from '@repo/ui/logo';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ApiProvider } from '../../components/api-provider.tsx';
import { AccountMenu } from '../../components/dashboard/account-menu.tsx';
import { SignOut } from '../../components/dashboard/sign-out.tsx';
import { WhereAmI } from '../../components/dashboard/where-am-i.tsx';
import { Uploads } from '../../components/files/uploads.tsx';
import { Notices } from '../../components/notifications/notices.tsx';
import { TimeZone } from '../../components/notifications/time-zone.tsx';
import { Everywhere } from '../../components/palette/everywhere.tsx';
import { Palette } from '../../components/palette/palette.tsx';
import { Shortcuts } from '../../components/shortcuts/shortcuts.tsx';
import { getSession } from '../../lib/session.ts';

/**
 * No <Suspense> around parts of these pages: each would be hydrated by itself, later than what is around it,
 * and then find answers where the server's HTML has skeletons.
 */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  // Each page sends visitors to sign in and knows the way back to itself; a layout does not.
  if (!session) return children;
  return (
    <ApiProvider>
      <TimeZone />
      <SignOut userId={session.userId}>
        <Shortcuts>
          <Everywhere />
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
            actions={
              <>
                <Palette />
                <Notices />
                <AccountMenu name={session.name} email={session.email} />
              </>
            }
          >
            <Uploads userId={session.userId}>{children}</Uploads>
          </AppShell>
        </Shortcuts>
      </SignOut>
    </ApiProvider>
  );
}
