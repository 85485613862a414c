'use client';

import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { Notifications } from './notifications.tsx';
import { OrganizationsCard } from './organizations-card.tsx';
import { ProfileCard } from './profile-card.tsx';
import { Sessions } from './sessions.tsx';

/** All that is somebody's own. */
export function Account() {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  if (me.error && !me.data) {
    return <LoadFailed title="Your account could not be loaded" queries={[me]} />;
  }
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader title="Account" />
      {me.data ? (
        <>
          <ProfileCard user={me.data.user} />
          <OrganizationsCard organizations={me.data.organizations} />
        </>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <Skeleton className="h-80 rounded-lg" />
          <Skeleton className="h-36 rounded-lg" />
        </div>
      )}
      <Notifications />
      <Sessions />
      {me.data ? <DeleteAccount email={me.data.user.email} /> : null}
    </div>
  );
}
