'use client';

import { Card } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { InvitationList } from './invitation-list.tsx';
import { InviteMember } from './invite-member.tsx';
import { MemberList } from './member-list.tsx';

/** Who is in the organization, and who is asked to be. */
export function MembersPanel({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const members = useQuery(trpc.member.list.queryOptions({ organizationId }));
  const { session } = useOrganization();
  if (members.isError && !members.data) {
    const { message, requestId } = describeError(members.error);
    return (
      <ErrorState
        title="The members could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => void members.refetch()}
        retrying={members.isFetching}
      />
    );
  }
  const role = members.data?.role;
  const mayManage = role === 'owner' || role === 'admin';
  return (
    <InviteMember organizationId={organizationId} role={role ?? 'viewer'}>
      {(openButton) => (
        <>
          <PageHeader
            title="Members"
            description="What somebody may do follows from their role. A change counts from their next request."
            actions={mayManage ? openButton : undefined}
          />
          <div className="flex flex-col gap-6 pt-6">
            <Card aria-label="Members">
              {members.isPending ? (
                <ListSkeleton />
              ) : (
                <MemberList
                  organizationId={organizationId}
                  found={members.data}
                  userId={session.data?.user.id}
                />
              )}
            </Card>
            {members.data && members.data.invitations.length > 0 ? (
              <InvitationList
                organizationId={organizationId}
                invitations={members.data.invitations}
              />
            ) : null}
          </div>
        </>
      )}
    </InviteMember>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy="true" className="divide-y">
      {['first', 'second'].map((row) => (
        <div key={row} className="flex items-center gap-3 px-5 py-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-3.5 w-48" />
          </div>
          <Skeleton className="h-8 w-28" />
        </div>
      ))}
    </div>
  );
}
