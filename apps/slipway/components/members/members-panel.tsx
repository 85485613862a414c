'use client';

import { Card } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { InvitationList } from '@repo/ui/members/invitation-list';
import { InviteMember } from '@repo/ui/members/invite-member';
import { MemberList, MemberListSkeleton } from '@repo/ui/members/member-list';
import { PageHeader } from '@repo/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { MEMBER_WORDS } from './member-question.tsx';
import { ROLES } from './role-words.ts';
import { useMemberActs } from './use-members.ts';

/** Who is in the organization, and who is asked to be. */
export function MembersPanel({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const members = useQuery(trpc.member.list.queryOptions({ organizationId }));
  const { session } = useOrganization();
  const acts = useMemberActs(organizationId);
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
  const mine = members.data?.role ?? 'viewer';
  const mayManage = mine === 'owner' || mine === 'admin';
  const common = { roles: ROLES, acts };
  return (
    <InviteMember {...common} mine={mine} usual="developer">
      {(openButton) => (
        <>
          <PageHeader
            title="Members"
            description="What somebody may do follows from their role. A change counts from their next request."
            actions={mayManage ? openButton : undefined}
          />
          <div className="flex flex-col gap-6 pt-6">
            <Card aria-label="Members">
              {members.data ? (
                <MemberList
                  {...common}
                  members={members.data.members}
                  mine={mine}
                  mayManage={mayManage}
                  userId={session.data?.user.id}
                  {...MEMBER_WORDS}
                />
              ) : (
                <MemberListSkeleton />
              )}
            </Card>
            {members.data && members.data.invitations.length > 0 ? (
              <InvitationList {...common} invitations={members.data.invitations} />
            ) : null}
          </div>
        </>
      )}
    </InviteMember>
  );
}
