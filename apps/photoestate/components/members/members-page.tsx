'use client';

import { Card, CardHeader } from '@repo/ui/card';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { InvitationRow } from './invitation-row.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberRow } from './member-row.tsx';

/** Who is in the studio, and who is asked to be. */
export function MembersPage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  const members = useQuery(trpc.member.list.queryOptions({ organizationId }));
  if (members.error && !members.data)
    return <LoadFailed title="The members could not be loaded" queries={[members]} />;
  const here = me.data?.organizations.find(({ id }) => id === organizationId);
  const mayManage = here?.permissions.includes('member.manage') ?? false;
  const found = members.data;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Members"
        description="What somebody may do follows from their role. A change counts from their next request."
      />
      {found && mayManage ? <InviteForm organizationId={organizationId} mine={found.role} /> : null}
      <Card aria-labelledby="members-title">
        <CardHeader titleId="members-title" title={here?.name ?? 'Studio'} />
        {found ? (
          <ul className="divide-y border-t">
            {found.members.map((member) => (
              <MemberRow
                key={member.userId}
                organizationId={organizationId}
                member={member}
                mine={found.role}
                mayManage={mayManage}
                isMe={member.userId === me.data?.user.id}
              />
            ))}
          </ul>
        ) : (
          <div aria-busy="true" className="flex flex-col gap-3 border-t px-5 py-3">
            <Skeleton className="h-8 w-full" />
            <Skeleton className="h-8 w-full" />
          </div>
        )}
      </Card>
      {found && found.invitations.length > 0 ? (
        <Card aria-labelledby="invitations-title">
          <CardHeader
            titleId="invitations-title"
            title="Open invitations"
            description="Each link is good once, for an account with the invited address. Send it to them."
          />
          <ul className="divide-y border-t">
            {found.invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                organizationId={organizationId}
                invitation={invitation}
              />
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}
