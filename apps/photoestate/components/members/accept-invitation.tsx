'use client';

import { Button } from '@repo/ui/button';
import { ErrorState } from '@repo/ui/error-state';
import { JoinCard, JoinSkeleton } from '@repo/ui/members/join-card';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { homePath } from '../../lib/next-path.ts';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { ROLES } from './role-words.ts';

type Props = {
  link: { invitationId: string; expires: string; signature: string };
  /** Of whoever is signed in. */
  email: string | undefined;
  /** The way back to this page. */
  here: string;
};

export function AcceptInvitation({ link, email, here }: Props) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const invitation = useQuery(trpc.invitation.get.queryOptions(link, { retry: false }));
  if (invitation.isError) {
    const { code, message, requestId } = describeError(invitation.error);
    const isOver = code === 'invitation_invalid';
    return (
      <ErrorState
        headingLevel={1}
        title={isOver ? 'This invitation cannot be used' : 'The invitation could not be loaded'}
        message={message}
        requestId={isOver ? undefined : requestId}
        onRetry={isOver ? undefined : () => void invitation.refetch()}
        retrying={invitation.isFetching}
        action={
          <Button asChild>
            <Link href={homePath}>Go to the start</Link>
          </Button>
        }
      />
    );
  }
  if (invitation.isPending) return <JoinSkeleton />;
  return (
    <JoinCard
      offered={invitation.data}
      roles={ROLES}
      email={email}
      here={here}
      onJoin={async () => {
        await client.invitation.accept.mutate(link);
        window.location.assign(homePath);
      }}
      onConfirmed={() => void invitation.refetch()}
      confirmedHref="/account"
    />
  );
}
