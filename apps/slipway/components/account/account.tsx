'use client';

import { DeleteAccount } from '@repo/ui/account/delete-account';
import { TimeZoneCard } from '@repo/ui/account/notifications';
import { ProfileCard } from '@repo/ui/account/profile-card';
import { ProfilePicture } from '@repo/ui/account/profile-picture';
import { Sessions } from '@repo/ui/account/sessions';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { forgetKept } from '@repo/ui/uploads';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { Problem } from '../panel/problem.tsx';
import { sendPicture } from './send-picture.ts';

/** All that is somebody's own; what they are told has a page of its own. */
export function Account() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const me = useQuery(trpc.session.me.queryOptions());
  // Also in the lists of members that this page knows.
  const refresh = () => queries.invalidateQueries();
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <PageHeader title="Account" description="What is yours, in all organizations." />
      {me.data ? (
        <ProfileCard
          api={client.account}
          describe={describeError}
          user={me.data.user}
          description="Shown to the people of your organizations, and in their audit logs."
          onRenamed={refresh}
          picture={
            <ProfilePicture
              api={client.account}
              describe={describeError}
              user={me.data.user}
              send={sendPicture}
              onChanged={refresh}
            />
          }
        />
      ) : me.isError ? (
        <Problem query={me} what="Your profile" className="rounded-lg border" />
      ) : (
        <div aria-busy="true">
          <Skeleton className="h-72 rounded-lg" />
        </div>
      )}
      <TimeZoneCard api={client.notification} describe={describeError}>
        Decides when a day begins, and when its summary comes.
      </TimeZoneCard>
      <Sessions api={client.account} describe={describeError} />
      {me.data ? (
        <DeleteAccount
          api={client.account}
          describe={describeError}
          email={me.data.user.email}
          forget={forgetKept}
        >
          <li>
            An organization that nobody else belongs to goes with it, with all its projects and
            files.
          </li>
          <li>
            Where you are the only owner and others belong, hand it over first, on the page of its
            members.
          </li>
          <li>
            What you did in other organizations stays with them; so do API keys that you made there.
          </li>
        </DeleteAccount>
      ) : null}
    </div>
  );
}
