'use client';

import { Alert } from '@repo/ui/alert';
import { sendVerification, signOut } from '@repo/ui/auth-client';
import { Button } from '@repo/ui/button';
import { Card, CardBody } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
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
  const { organizationName, role, invitedByName, email: invited, obstacle } = invitation.data;
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
        {accept.error ? (
          <Alert tone="danger" live>
            {describeError(accept.error).message}
          </Alert>
        ) : null}
        {obstacle === 'other_address' ? (
          <OtherAddress invited={invited} email={email} />
        ) : obstacle === 'unconfirmed' ? (
          <Unconfirmed email={email} onConfirmed={() => void invitation.refetch()} />
        ) : (
          <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate(link)}>
            Join as {email}
          </Button>
        )}
      </CardBody>
    </Card>
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

function Unconfirmed({ email, onConfirmed }: { email: string; onConfirmed: () => void }) {
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const result = await sendVerification({ email, callbackURL: '/settings/notifications' });
    setBusy(false);
    if (result.ok) toast.success('The link is on its way', { description: email });
    else toast.error('Not sent', { description: result.message });
  };
  return (
    <>
      <Alert tone="warning" title="Confirm your address first">
        <span className="[overflow-wrap:anywhere]">
          We sent a link to {email} when you signed up. Open it, then come back to this page.
        </span>
      </Alert>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={onConfirmed}>
          I have confirmed it
        </Button>
        <Button busy={busy} onClick={() => void send()}>
          Send the link again
        </Button>
      </div>
    </>
  );
}
