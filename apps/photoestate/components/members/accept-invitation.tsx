'use client';

import {
  AcceptInvitation as Accept,
  type AcceptInvitationProps,
} from '@repo/ui/members/accept-invitation';
import { homePath } from '../../lib/next-path.ts';
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
      home={{ href: homePath, label: 'Go to the start' }}
      placeOf={() => homePath}
      confirmedHref="/account"
    />
  );
}
