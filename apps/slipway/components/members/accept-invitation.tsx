'use client';

import {
  AcceptInvitation as Accept,
  type AcceptInvitationProps,
} from '@repo/ui/members/accept-invitation';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';
import { ROLES } from './role-words.ts';

type Props = Pick<AcceptInvitationProps<string>, 'link' | 'email' | 'here'>;

export function AcceptInvitation(props: Props) {
  const client = useTRPCClient();
  return (
    <Accept
      {...props}
      api={client.invitation}
      describe={describeError}
      roles={ROLES}
      home={{ href: '/dashboard', label: 'Your projects' }}
      placeOf={(organizationId) => `/dashboard?org=${encodeURIComponent(organizationId)}`}
      confirmedHref="/settings/notifications"
    />
  );
}
