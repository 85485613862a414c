'use client';

import { Card, CardHeader } from '@repo/ui/card';
import { InvitationList } from '@repo/ui/members/invitation-list';
import { InviteMember } from '@repo/ui/members/invite-member';
import { MemberList, MemberListSkeleton } from '@repo/ui/members/member-list';
import { PageHeader } from '@repo/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { ROLES } from './role-words.ts';
import { useMemberActs } from './use-members.ts';

/** Who is in the studio, and who is asked to be. */
export function MembersPage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  const members = useQuery(trpc.member.list.queryOptions({ organizationId }));
  const acts = useMemberActs(organizationId);
  if (members.error && !members.data)
    return <LoadFailed title="The members could not be loaded" queries={[members]} />;
  const here = me.data?.organizations.find(({ id }) => id === organizationId);
  const mayManage = here?.permissions.includes('member.manage') ?? false;
  const found = members.data;
  const common = { roles: ROLES, acts };
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <InviteMember {...common} mine={found?.role ?? 'client'} usual="agent">
        {(openButton) => (
          <PageHeader
            title="Members"
            description="What somebody may do follows from their role. A change counts from their next request."
            actions={found && mayManage ? openButton : undefined}
          />
        )}
      </InviteMember>
      <Card aria-labelledby="members-title">
        <CardHeader titleId="members-title" title={here?.name ?? 'Studio'} />
        <div className="border-t">
          {found ? (
            <MemberList
              {...common}
              members={found.members}
              mine={found.role}
              mayManage={mayManage}
              userId={me.data?.user.id}
              noun="studio"
              leftHref="/listings"
            />
          ) : (
            <MemberListSkeleton />
          )}
        </div>
      </Card>
      {found && found.invitations.length > 0 ? (
        <InvitationList {...common} invitations={found.invitations} />
      ) : null}
    </div>
  );
}
