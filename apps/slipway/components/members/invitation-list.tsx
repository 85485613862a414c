'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { Card, CardHeader } from '@repo/ui/card';
import { CopyButton } from '@repo/ui/copy-button';
import { TimeLeft } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { describeError, type Members, useTRPC } from '../../lib/trpc.ts';
import { roleLabel } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

type Props = { organizationId: string; invitations: Members['invitations'] };

export function InvitationList({ organizationId, invitations }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const revoke = useMutation(
    trpc.member.revokeInvitation.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success('Invitation revoked');
      },
      onError: (error) =>
        toast.error('The invitation is still open', { description: describeError(error).message }),
    }),
  );
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
                <Badge>{roleLabel(role)}</Badge>
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
              busy={revoke.isPending && revoke.variables.invitationId === id}
              onClick={() => revoke.mutate({ organizationId, invitationId: id })}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
