'use client';

import { Button } from '@repo/ui/button';
import { Card, CardHeader } from '@repo/ui/card';
import { useRef, useState } from 'react';
import type { Members, OrganizationDetails } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { MemberQuestion } from '../members/member-question.tsx';

type Props = { organization: OrganizationDetails; found: Members };

export function LeaveOrganization({ organization, found }: Props) {
  const { session } = useOrganization();
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const me = found.members.find(({ userId }) => userId === session.data?.user.id);
  const owners = found.members.filter(({ role }) => role === 'owner');
  const isLastOwner = me?.role === 'owner' && owners.length === 1;
  return (
    <Card aria-labelledby="leave-title">
      <CardHeader
        titleId="leave-title"
        title="Leave organization"
        description={
          isLastOwner
            ? 'You are its only owner: transfer the ownership first, or delete the organization.'
            : `You see nothing of ${organization.name} any more, until somebody invites you again.`
        }
        actions={
          <Button
            ref={button}
            variant="danger-quiet"
            disabled={me === undefined || isLastOwner}
            onClick={() => setAsking(true)}
          >
            Leave
          </Button>
        }
        className="pb-4"
      />
      {asking && me ? (
        <MemberQuestion
          organizationId={organization.id}
          wish={{ what: 'leave', member: me, button: button.current }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  );
}
