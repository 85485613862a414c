'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { ROLES, roleLabel } from './role-words.ts';

type Props = {
  link: { invitationId: string; expires: string; signature: string };
  /** Of whoever is signed in. */
  email: string;
};

export function AcceptInvitation({ link, email }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const invitation = useQuery(trpc.invitation.get.queryOptions(link, { retry: false }));
  const accept = useMutation(
    trpc.invitation.accept.mutationOptions({
      onSuccess: async ({ organizationId }) => {
        await queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
        router.push(`/dashboard?org=${encodeURIComponent(organizationId)}`);
      },
    }),
  );
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
            <Link href="/dashboard">Your projects</Link>
          </Button>
        }
      />
    );
  }
  if (invitation.isPending) {
    return (
      <div aria-busy="true" className="mx-auto mt-10 w-full max-w-md">
        <Skeleton className="h-64 rounded-lg" />
      </div>
    );
  }
  const { organizationName, role, invitedByName, email: invited } = invitation.data;
  return (
    <Card className="mx-auto mt-10 w-full max-w-md">
      <CardBody className="flex flex-col gap-4 pt-6">
        <div>
          <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
            Join {organizationName}
          </h1>
          <p className="mt-1 text-muted-foreground text-sm">
            {invitedByName} invited you as <strong>{roleLabel(role)}</strong>:{' '}
            {ROLES.find((each) => each.role === role)?.may.toLowerCase()}.
          </p>
        </div>
        {invited === email.toLowerCase() ? null : (
          <Alert tone="warning">
            The invitation was for {invited}; you are signed in as {email}.
          </Alert>
        )}
        {accept.error ? (
          <Alert tone="danger" live>
            {describeError(accept.error).message}
          </Alert>
        ) : null}
        <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate(link)}>
          Join as {email}
        </Button>
      </CardBody>
    </Card>
  );
}
