'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '../button.tsx';
import { ErrorState } from '../error-state.tsx';
import type { RoleWords } from './acts.ts';
import { JoinCard, JoinSkeleton, type Offered } from './join-card.tsx';

type Link = { invitationId: string; expires: string; signature: string };

export type AcceptInvitationProps<R extends string> = {
  link: Link;
  /** Of whoever is signed in. */
  email: string | undefined;
  /** The way back to this page. */
  here: string;
  api: {
    get: { query: (link: Link) => Promise<Offered<R>> };
    accept: { mutate: (link: Link) => Promise<{ organizationId: string }> };
  };
  describe: (error: unknown) => { code: string; message: string; requestId: string | undefined };
  roles: readonly RoleWords<R>[];
  /** Where those go who cannot use it. */
  home: { href: string; label: string };
  /** Where those go who took it. */
  placeOf: (organizationId: string) => string;
  /** Where a link that confirms an address leads. */
  confirmedHref: string;
};

/** Whoever has the link sees what it offers, or why it is over. */
export function AcceptInvitation<R extends string>(props: AcceptInvitationProps<R>) {
  const { link, email, here, api, describe, roles, home, placeOf, confirmedHref } = props;
  const invitation = useQuery({
    queryKey: ['invitation', link],
    queryFn: () => api.get.query(link),
    retry: false,
  });
  if (invitation.isError) {
    const { code, message, requestId } = describe(invitation.error);
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
            <a href={home.href}>{home.label}</a>
          </Button>
        }
      />
    );
  }
  if (invitation.isPending) return <JoinSkeleton />;
  return (
    <JoinCard
      offered={invitation.data}
      roles={roles}
      email={email}
      here={here}
      onJoin={async () => {
        const { organizationId } = await api.accept.mutate(link);
        window.location.assign(placeOf(organizationId));
      }}
      onConfirmed={() => void invitation.refetch()}
      confirmedHref={confirmedHref}
    />
  );
}
