import { AppShell } from '@repo/ui/app-shell';
import { PhotoEstateLogo } from '@repo/ui/logo';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ApiProvider } from '../../components/api-provider.tsx';
import { BalanceLink } from '../../components/credits/balance-link.tsx';
import { Notices } from '../../components/notices/notices.tsx';
import { TimeZone } from '../../components/notices/time-zone.tsx';
import { InstalledApp } from '../../components/offline/installed-app.tsx';
import { OfflineBanner } from '../../components/offline/offline-banner.tsx';
import { OutboxProvider } from '../../components/offline/outbox.tsx';
import { RefusedChanges } from '../../components/offline/refused-changes.tsx';
import { ReviewLink } from '../../components/review/review-link.tsx';
import { Shortcuts } from '../../components/shortcuts/shortcuts.tsx';
import { AccountMenu } from '../../components/studio/account-menu.tsx';
import { SignOut } from '../../components/studio/sign-out.tsx';
import { WhereAmI } from '../../components/studio/where-am-i.tsx';
import { Uploads } from '../../components/upload/uploads.tsx';
import { findHome, getSession } from '../../lib/session.ts';

/**
 * No <Suspense> around parts of these pages: each would be hydrated by itself, later than what is around it,
 * and then find answers where the server's HTML has skeletons.
 */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  // Each page sends visitors to sign in and knows the way back to itself; a layout does not.
  if (!session) return children;
  return (
    <ApiProvider>
      <OutboxProvider userId={session.userId}>
        <SignOut userId={session.userId}>
          <Shortcuts>
            <AppShell
              wide
              brand={
                <Link href={await findHome()} className="flex rounded-md">
                  <PhotoEstateLogo hideName />
                </Link>
              }
              context={<WhereAmI />}
              actions={
                <>
                  <RefusedChanges />
                  <ReviewLink />
                  <BalanceLink />
                  <Notices />
                  <AccountMenu name={session.name} email={session.email} />
                </>
              }
            >
              <OfflineBanner />
              <Uploads userId={session.userId}>{children}</Uploads>
            </AppShell>
          </Shortcuts>
        </SignOut>
      </OutboxProvider>
      <TimeZone />
      <InstalledApp />
    </ApiProvider>
  );
}
