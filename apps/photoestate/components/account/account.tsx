'use client';

import { DeleteAccount } from '@repo/ui/account/delete-account';
import { NotificationsCard, TimeZoneCard } from '@repo/ui/account/notifications';
import { Sessions } from '@repo/ui/account/sessions';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { forgetEverything } from '../../lib/offline/session-end.ts';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { OrganizationsCard } from './organizations-card.tsx';
import { Profile } from './profile.tsx';

/** All that is somebody's own. */
export function Account() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const me = useQuery(trpc.session.me.queryOptions());
  if (me.error && !me.data) {
    return <LoadFailed title="Your account could not be loaded" queries={[me]} />;
  }
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader title="Account" />
      {me.data ? (
        <>
          <Profile user={me.data.user} />
          <OrganizationsCard organizations={me.data.organizations} />
        </>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <Skeleton className="h-80 rounded-lg" />
          <Skeleton className="h-36 rounded-lg" />
        </div>
      )}
      <NotificationsCard
        api={client.notification}
        describe={describeError}
        confirmedPath="/account"
        title="Notifications"
        description="In all organizations that you belong to. Every mail also ends its kind with one click."
      />
      <TimeZoneCard api={client.notification} describe={describeError}>
        Times that others write for you, such as in mails, are by these clocks.
      </TimeZoneCard>
      <Sessions api={client.account} describe={describeError} />
      {me.data ? (
        <DeleteAccount
          api={client.account}
          describe={describeError}
          email={me.data.user.email}
          forget={forgetEverything}
        >
          <li>An organization that nobody else belongs to goes with it, with all its photos.</li>
          <li>
            Where you are the only owner and others belong, hand it over first, on the page of its
            members.
          </li>
          <li>What you did in other organizations stays with them.</li>
        </DeleteAccount>
      ) : null}
    </div>
  );
}
