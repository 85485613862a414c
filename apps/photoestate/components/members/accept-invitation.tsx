'use client';

import { Alert } from '@repo/ui/alert';
import { signOut } from '@repo/ui/auth-client';
import { Button } from '@repo/ui/button';
import { Card, CardBody } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { roleLabel, wordsOf } from './role-words.ts';

type Props = {
  link: { invitationId: string; expires: string; signature: string };
  /** Of whoever is signed in. */
  email: string;
};

export function AcceptInvitation({ link, email }: Props) {
  const trpc = useTRPC();
  const invitation = useQuery(trpc.invitation.get.queryOptions(link, { retry: false }));
  const accept = useMutation(
    trpc.invitation.accept.mutationOptions({
      onSuccess: () => window.location.assign('/listings'),
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
            <Link href="/listings">Your listings</Link>
          </Button>
        }
      />
    );
  }
  if (invitation.isPending) {
    return (
      <div aria-busy="true" className="mx-auto mt-10 w-full max-w-md px-4">
        <Skeleton className="h-64 rounded-lg" />
      </div>
    );
  }
  const { organizationName, role, invitedByName, email: invited, obstacle } = invitation.data;
  return (
    <div className="mx-auto mt-10 w-full max-w-md px-4">
      <Card>
        <CardBody className="flex flex-col gap-4 pt-6">
          <div>
            <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
              Join {organizationName}
            </h1>
            <p className="mt-1 text-muted-foreground text-sm">
              {invitedByName} invited you as <strong>{roleLabel(role)}</strong>:{' '}
              {wordsOf(role)?.may.toLowerCase()}.
            </p>
          </div>
          {accept.error ? (
            <Alert tone="danger" live>
              {describeError(accept.error).message}
            </Alert>
          ) : null}
          {obstacle === 'other_address' ? (
            <OtherAddress invited={invited} email={email} />
          ) : (
            <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate(link)}>
              Join as {email}
            </Button>
          )}
        </CardBody>
      </Card>
    </div>
  );
}

function OtherAddress({ invited, email }: { invited: string; email: string }) {
  const leave = async () => {
    const result = await signOut();
    // The page sends whoever is not signed in to sign in, and back to itself.
    if (result.ok) window.location.reload();
    else toast.error('You are still signed in', { description: result.message });
  };
  return (
    <>
      <Alert tone="warning" title="This invitation is for another address">
        <span className="[overflow-wrap:anywhere]">
          It is for {invited}, and you are signed in as {email}. Use an account with that address,
          or ask for an invitation of yours.
        </span>
      </Alert>
      <Button variant="primary" onClick={() => void leave()}>
        Sign in with another account
      </Button>
    </>
  );
}
