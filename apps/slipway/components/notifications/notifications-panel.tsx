'use client';

import { NotificationsCard } from '@repo/ui/account/notifications';
import { PageHeader } from '@repo/ui/page-header';
import Link from 'next/link';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';

/** What the signed-in user is told, and how. */
export function NotificationsPanel() {
  const client = useTRPCClient();
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <PageHeader
        title="Notifications"
        description="What you are told, and how, in all organizations that you belong to."
      />
      <NotificationsCard
        api={client.notification}
        describe={describeError}
        confirmedPath="/settings/notifications"
        title="What you are told"
        description={
          <>
            Days begin, and their summaries come, by the time zone of{' '}
            <Link href="/account" className="text-link underline underline-offset-4">
              your account
            </Link>
            .
          </>
        }
      />
    </div>
  );
}
