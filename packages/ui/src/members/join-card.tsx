'use client';

import type { ReactNode } from 'react';
import { Alert } from '../alert.tsx';
import { sendVerification } from '../auth/auth-client.ts';
import { useSignOut } from '../auth/sign-out.tsx';
import { Button } from '../button.tsx';
import { Card, CardBody } from '../card.tsx';
import { Skeleton } from '../skeleton.tsx';
import { toast } from '../toaster.tsx';
import type { RoleWords } from './acts.ts';
import { useAct } from './use-act.ts';

export type Offered<R extends string> = {
  organizationName: string;
  role: R;
  email: string;
  invitedByName: string;
  obstacle: 'signed_out' | 'other_address' | 'unconfirmed' | null;
};

type Props<R extends string> = {
  offered: Offered<R>;
  roles: readonly RoleWords<R>[];
  /** Of whoever is signed in. */
  email: string | undefined;
  /** The way back to this page. */
  here: string;
  /** Fails with a sentence to show. */
  onJoin: () => Promise<void>;
  /** Asks again what is in the way. */
  onConfirmed: () => void;
  /** Where a link that confirms an address leads. */
  confirmedHref: string;
};

/** What an invitation offers, and the one step to take it: also before there is an account. */
export function JoinCard<R extends string>(props: Props<R>) {
  const { offered, roles } = props;
  const { organizationName, role, invitedByName } = offered;
  const words = roles.find((each) => each.role === role);
  return (
    <JoinFrame>
      <Card>
        <CardBody className="flex flex-col gap-4 pt-6">
          <div>
            <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
              Join {organizationName}
            </h1>
            <p className="mt-1 text-muted-foreground text-sm">
              {invitedByName} invited you as <strong>{words?.label ?? role}</strong>
              {words ? `: ${words.may.charAt(0).toLowerCase()}${words.may.slice(1)}` : ''}.
            </p>
          </div>
          <NextStep {...props} />
        </CardBody>
      </Card>
    </JoinFrame>
  );
}

/** Has the card's place until it is known. */
export function JoinSkeleton() {
  return (
    <JoinFrame busy>
      <Skeleton className="h-64 rounded-lg" />
    </JoinFrame>
  );
}

function JoinFrame({ busy, children }: { busy?: boolean; children: ReactNode }) {
  return (
    <div aria-busy={busy} className="mx-auto mt-10 w-full max-w-md">
      {children}
    </div>
  );
}

function NextStep<R extends string>(props: Props<R>) {
  const { offered, email, onConfirmed, confirmedHref } = props;
  if (email === undefined) return <SignedOut {...props} />;
  switch (offered.obstacle) {
    case 'signed_out':
      return <SignedOut {...props} />;
    case 'other_address':
      return <OtherAddress invited={offered.email} email={email} />;
    case 'unconfirmed':
      return <Unconfirmed email={email} onConfirmed={onConfirmed} confirmedHref={confirmedHref} />;
    case null:
      return <Join {...props} email={email} />;
  }
}

function Join<R extends string>({ email, onJoin }: Props<R> & { email: string }) {
  const { busy, problem, run } = useAct();
  return (
    <>
      {problem ? (
        <Alert tone="danger" live>
          {problem}
        </Alert>
      ) : null}
      <Button variant="primary" busy={busy} onClick={() => void run(onJoin)}>
        Join as {email}
      </Button>
    </>
  );
}

function SignedOut<R extends string>({ offered, here }: Props<R>) {
  const back = new URLSearchParams({ next: here, email: offered.email });
  return (
    <>
      <p className="text-sm [overflow-wrap:anywhere]">
        The invitation is for <strong>{offered.email}</strong>. Come in with that address; you are
        back here afterwards.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="primary">
          <a href={`/sign-up?${back}`}>Create an account</a>
        </Button>
        <Button asChild>
          <a href={`/sign-in?${back}`}>Sign in</a>
        </Button>
      </div>
    </>
  );
}

function OtherAddress({ invited, email }: { invited: string; email: string }) {
  const leave = useSignOut();
  return (
    <>
      <Alert tone="warning" title="This invitation is for another address">
        <span className="[overflow-wrap:anywhere]">
          It is for {invited}, and you are signed in as {email}. Use an account with that address,
          or ask for an invitation of yours.
        </span>
      </Alert>
      {/* The page offers to sign in to whoever is not. */}
      <Button variant="primary" onClick={() => leave(() => window.location.reload())}>
        Sign in with another account
      </Button>
    </>
  );
}

type UnconfirmedProps = { email: string; onConfirmed: () => void; confirmedHref: string };

function Unconfirmed({ email, onConfirmed, confirmedHref }: UnconfirmedProps) {
  const { busy, run } = useAct();
  const send = async () => {
    const result = await sendVerification({ email, callbackURL: confirmedHref });
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
        <Button busy={busy} onClick={() => void run(send)}>
          Send the link again
        </Button>
      </div>
    </>
  );
}
