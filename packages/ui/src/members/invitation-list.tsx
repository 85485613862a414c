'use client';

import { useState } from 'react';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Card, CardHeader } from '../card.tsx';
import { CopyButton } from '../copy-button.tsx';
import { TimeLeft } from '../time.tsx';
import { toast } from '../toaster.tsx';
import {
  type InvitationView,
  type MemberActs,
  messageOf,
  type RoleWords,
  roleLabel,
} from './acts.ts';

type Props<R extends string> = {
  invitations: readonly InvitationView<R>[];
  roles: readonly RoleWords<R>[];
  acts: MemberActs<R>;
};

/** Who was asked and has not come yet. */
export function InvitationList<R extends string>({ invitations, roles, acts }: Props<R>) {
  const [revoking, setRevoking] = useState<string>();
  const revoke = async (id: string) => {
    setRevoking(id);
    try {
      await acts.revoke(id);
      toast.success('Invitation revoked');
    } catch (error) {
      toast.error('The invitation is still open', { description: messageOf(error) });
    }
    setRevoking(undefined);
  };
  return (
    <Card aria-labelledby="invitations-title">
      <CardHeader
        titleId="invitations-title"
        title="Open invitations"
        description="Each link is good once, for an account with the invited address."
      />
      <ul className="divide-y border-t">
        {invitations.map(({ id, email, role, invitedByName, expiresAt, url }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex items-center gap-2 font-medium text-sm">
                <span className="truncate">{email}</span>
                <Badge>{roleLabel(roles, role)}</Badge>
              </p>
              <p className="text-muted-foreground text-xs">
                Invited by {invitedByName} · open for <TimeLeft value={expiresAt} />
              </p>
            </div>
            <CopyButton value={url} label={`Copy link for ${email}`} size="sm" variant="secondary">
              Copy link
            </CopyButton>
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Revoke the invitation of ${email}`}
              busy={revoking === id}
              onClick={() => void revoke(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
